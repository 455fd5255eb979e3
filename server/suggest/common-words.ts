/** In what share of requests each word of a line occurs: an estimate. */
export const COMMON_SHARES = [0.25, 0.08, 0.02];

/**
 * The words that people ask with, whatever it is about, by language: in about every fourth request, every twelfth, every
 * fiftieth. Own knowledge of the languages.
 */
export const COMMON_WORDS: Record<string, readonly [string, string, string]> = {
  de: [
    "ich ist die der das nicht wie kann mein meine ein eine und zu mit in auf habe",
    "meiner meinen meinem was warum wieso wo wann es den dem einen einer einem im von für hab wird wurde " +
      "werden sie ihr man mir mich noch aber wenn dass ob auch bei an am zum zur aus nach über sich sind bitte " +
      "muss möchte will geht gibt hat keine kein so da",
    "wer wem wen welche welcher welches welchen weshalb woher wohin womit wozu wofür warte du er wir euch uns " +
      "dir dich ihm ihn ihnen dein deine deinen unser unsere euer eure ihre ihren ihrer seine sein seinen diese " +
      "dieser dieses diesen diesem dies jeder jede jedes alle alles etwas nichts niemand jemand viel viele mehr " +
      "sehr schon erst immer nie mal gerade eben jetzt heute gestern morgen dann denn doch nur hier dort oder " +
      "weil damit um bis seit vor durch gegen ohne unter zwischen vom ins beim als wieder weiter bin bist war " +
      "waren wäre hatte hätte hätten haben sei seid können könnt könnte könnten konnte kannst müssen musst " +
      "müsste sollen soll sollte darf dürfen möchten wollen wollte würde würden werde lassen lässt tun mache " +
      "machen macht gemacht gehen ging gegangen kommen kommt kam bekomme bekommen bekommt kriege kriegen " +
      "brauche brauchen braucht finde finden sehe sehen weiß wissen sagen sagt steht stimmt klappt funktioniert " +
      "versucht versuche problem probleme frage fragen hilfe helfen hilft hallo guten tag danke vielen dank " +
      "gerne gern eigentlich einfach leider plötzlich trotzdem bereits wirklich irgendwie möglich richtig neu " +
      "neue neuen neues neuer ganz genau paar wegen sondern also ja nein los zeit woche wochen tage tagen " +
      "stunden monat jahr lange lang bald schnell anders andere anderen selbst dabei dazu davon dafür daran " +
      "darauf außerdem",
  ],
  es: [
    "no mi la el de que en un una cómo como puedo me es y para con por mis",
    "qué cuándo dónde se los las lo al del he ha si hay tengo a está cuál cuanto cuánto quiero porque pero ya " +
      "más o su te le usted hacer sin favor hola debo",
    "quién cuáles cuántos cuántas yo tú él ella nosotros ustedes ellos nos les sus tu tus nuestro nuestra " +
      "esto eso este esta ese esa estos estas esos esas algo nada nadie alguien todo todos toda todas cada otro " +
      "otra otros otras sobre desde hasta entre contra hacia durante antes después según cuando donde aunque " +
      "pues soy eres son somos era fue fui ser estar estoy están estaba estado hemos han había haber tiene " +
      "tienes tienen tener tenía podría podrían podríamos puede puedes pueden poder pude quisiera quiere " +
      "quieren quería querría debe debería hago hace hacen hecho hizo va voy van ir recibo veo ver sé saber " +
      "dice decir encuentro encontrar necesito necesita funciona intento intentado problema problemas pregunta " +
      "ayuda ayudar ayuden gracias buenos buenas días tardes nuevo nueva nuevos mismo misma también muy mucho " +
      "mucha muchos poco menos bien mal siempre nunca todavía aún solo sólo ahora hoy ayer mañana aquí posible " +
      "día semana semanas tiempo horas vez veces así entonces tan tanto",
  ],
  fr: [
    "je j'ai est de la le les mon ma et pas comment pour un une en à mes",
    "que qu'est ce c'est pourquoi quand où quel quelle des du sur dans avec au aux ne n'est n'ai me m'a il on " +
      "vous puis peux puis-je dois veux être avoir fait faire ou qui mais si a été plus s'il plaît bonjour",
    "quoi quels quelles combien lequel laquelle tu elle nous ils elles moi toi lui leur leurs se son sa ses " +
      "notre nos votre vos te ton ta tes cela ça cette ces cet celui celle y là donc car parce comme par sans " +
      "sous entre vers chez depuis pendant avant après contre jusqu'à lors suis es sont sommes êtes était " +
      "étaient sera serait avons avez ont avait avais aurait as peut pouvez pouvons peuvent pourrais pourriez " +
      "pourrait pouvoir devrais doit devez veut voulez voudrais voulais vais va allez vont aller fais faites " +
      "faut reçois reçoit vois voir sais savoir dit dire trouve trouver marche fonctionne essayé essaie " +
      "problème problèmes question questions aide aider aidez merci salut rien personne quelqu'un tout tous " +
      "toute toutes chaque autre autres nouveau nouvelle nouveaux même aussi très trop bien encore toujours " +
      "jamais déjà juste maintenant hier demain aujourd'hui ici peu beaucoup moins possible jours jour semaine " +
      "semaines temps heures longtemps vite lorsque quelque quelques n'y d'un d'une qu'il qu'on l'on n'a s'est " +
      "j'aimerais",
  ],
  he: [
    "אני לא איך את של על זה לי מה עם",
    "למה מתי איפה האם אם יש אין כי או גם אל כמה היה הוא היא אז רוצה יכול יכולה אפשר צריך צריכה שלי שלכם אבל " +
      "כבר עוד כל בבקשה שלום",
    "מי איזה איזו אילו לאן מאיפה מדוע כיצד אתה אתם אנחנו הם הן אותי אותו אותה אותם אליי לנו לך לכם לו לה להם " +
      "שלו שלה שלהם הזה הזאת הזו אלה אלו כאן שם כך כן רק יותר פחות מאוד עד לפני אחרי בין בלי תחת נגד דרך לפי " +
      "כאשר מפני בגלל להיות הייתי הייתה היו יהיה יהיו עושה עושים לעשות קיבלתי לקבל מקבל מקבלת רואה לראות " +
      "יודע יודעת לדעת למצוא מוצא אומר לומר חייב חייבת מנסה ניסיתי עובד עובדת מצליח מצליחה הצלחתי בעיה בעיות " +
      "שאלה עזרה לעזור תעזרו תודה היי משהו כלום מישהו אחר אחרת אחרים חדש חדשה תמיד עדיין עכשיו היום אתמול מחר " +
      "שוב פשוט אולי יום ימים שבוע זמן שעות הרבה קצת",
  ],
  hi: [
    "मैं है मेरा मेरे मेरी कैसे नहीं का की के में से को और",
    "क्या क्यों कब कहाँ कहां यह वह हैं हूँ हूं पर ने कर सकता सकते सकती हो था थी रहा रही लिए तो भी एक कोई मुझे " +
      "कितना कितने अगर या जो कृपया नमस्ते",
    "कौन कौनसा कौनसी किस किसने किसको कितनी कैसा कैसी आप तुम हम वे उसे उसका उसकी उनके इसे इसका इसकी इसके इस उस " +
      "ये वो अपना अपने अपनी आपके आपका आपकी हमारा हमारे तक बाद पहले बिना साथ द्वारा बारे तरह जब तब लेकिन क्योंकि " +
      "कि ही न मत अब हुआ हुई हुए होता होती होगा होगी होना थे गया गई गए जाए जाता जाती करना करने करूं करूँ किया " +
      "करता करते करें कीजिए दिया दें देना चाहिए चाहता चाहती चाहते मिला मिली मिल मिलेगा पा पता दिख देख बताएं " +
      "बताइए समस्या सवाल प्रश्न मदद सहायता धन्यवाद हैलो कुछ सब सभी हर दूसरा दूसरे नया नई नए ज्यादा बहुत कम फिर " +
      "अभी आज कल यहाँ वहाँ दिन दिनों हफ्ते समय घंटे बार रहे पाया पाई पाता सके",
  ],
  id: [
    "saya tidak bagaimana di yang dan ini apa untuk cara bisa",
    "mengapa kenapa kapan dimana mana ke dari dengan ada itu sudah belum akan atau pada jika kalau anda mau " +
      "ingin harus tolong dalam karena tapi lagi apakah agar",
    "siapa berapa kami kita dia mereka kamu aku nya ku mu saja juga hanya lebih sangat masih telah sedang " +
      "pernah jadi tetapi namun serta oleh antara sampai sejak setelah sebelum tanpa terhadap tentang seperti " +
      "sebagai supaya bahwa bila ketika saat kok dong ya kah dapat boleh perlu butuh harusnya seharusnya adalah " +
      "ialah menjadi buat bikin melakukan lakukan mendapatkan dapatkan mendapat menerima terima lihat melihat " +
      "tahu mengetahui cari mencari temukan coba mencoba berhasil berfungsi bekerja jalan masalah pertanyaan " +
      "bantu bantuan membantu mohon halo hai selamat pagi siang kasih makasih sesuatu semua setiap lain lainnya " +
      "baru sama banyak sedikit kurang sekali selalu sekarang hari kemarin besok sini situ minggu waktu jam " +
      "lama cepat mungkin ulang kembali sendiri gak nggak ga enggak bukan jangan",
  ],
  it: [
    "non il la di che mio mia in un una come posso e per con è ho",
    "perché quando dove quale cosa i le lo gli del della dei al alla nel nella sul da mi si se ma o ha sono a " +
      "ancora più miei mie vorrei devo fare essere stato stata favore salve ciao senza",
    "chi quali quanto quanta quanti quante io tu lui lei noi voi loro ci vi ti ne suo sua suoi sue tuo tua " +
      "nostro nostra vostro questo questa questi queste quello quella ciò qualcosa niente nulla nessuno " +
      "qualcuno tutto tutti tutta tutte ogni altro altra altri altre su sulla dal dalla dello degli delle alle " +
      "ai agli nei nelle dopo prima durante fino tra fra contro anche poi quindi però sei siamo siete era erano " +
      "avere hai abbiamo avete hanno aveva può puoi possiamo potete possono potrei potrebbe potere voglio vuole " +
      "volete volevo deve dobbiamo dovrei faccio fa fanno fatto va vado vanno andare ricevo ricevuto vedo " +
      "vedere so sapere dice dire trovo trovare bisogno serve riesco riesce funziona funzionano provo provato " +
      "problema problemi domanda aiuto aiutare aiutarmi grazie buongiorno buonasera nuovo nuova nuovi stesso " +
      "stessa molto molta molti poco meno bene male sempre mai già solo ora adesso oggi ieri domani qui " +
      "possibile giorno giorni settimana settimane tempo ore volta volte così via sta stanno stavo",
  ],
  nl: [
    "ik is de het een van en niet hoe kan mijn in op met te",
    "wat waarom waar wanneer dat die dit deze voor aan bij naar om als maar nog ook heb heeft wordt worden " +
      "werd je u jullie er me mij moet wil gaat graag geen wel alstublieft",
    "wie welke hoeveel hoelang waarvoor hij zij ze wij we ons onze jij jou jouw uw hem haar hun zijn zo dan " +
      "toch dus of want omdat door uit over tot sinds voordat zonder tegen onder tussen binnen tijdens ben bent " +
      "was waren had hadden hebben kon kunnen kunt kun moeten moest mag mogen zal zullen zou zouden willen " +
      "wilde ga gaan doen doe doet gedaan krijg krijgen krijgt kreeg kom komen komt laten laat staat zie zien " +
      "weet weten zeggen vinden vind werkt lukt geprobeerd probeer probleem problemen vraag vragen hulp help " +
      "helpen hallo hoi goedendag dank bedankt dankjewel iets niets niemand iemand alles alle elke elk ander " +
      "andere nieuw nieuwe meer veel heel erg al altijd nooit net nu vandaag gisteren morgen hier daar weer " +
      "gewoon helaas plotseling alleen eigenlijk mogelijk dagen dag week weken tijd uur lang snel opnieuw",
  ],
  pl: [
    "nie jak w na się mi mój moja moje do z i czy to",
    "dlaczego kiedy gdzie co jest mogę że za o po od dla mam ma moją mojej mojego ale jeśli lub został była " +
      "było był przez są już jeszcze proszę dzień dobry chcę można",
    "kto jaki jaka jakie jaką ile skąd dokąd ja ty on ona my wy oni mnie mną ciebie cię pan pani państwo jego " +
      "jej ich nam nas wam was ten ta te tę tego tej tym tam tu tutaj tak więc bo ponieważ żeby aby gdy oraz " +
      "albo bez przed między pod nad przy podczas ku u ze we być będzie będę byłem byłam może możecie możesz " +
      "mogłem móc musi muszę powinienem powinna chciałbym chciałabym chce zrobić robić robię dostać dostałem " +
      "dostałam otrzymałem otrzymać widzę widać wiem wiedzieć znaleźć powiedzieć próbuję próbowałem udaje " +
      "działa problem problemy pytanie pomoc pomóc pomocy dziękuję cześć witam coś nic nikt ktoś wszystko " +
      "wszystkie każdy inny inne inną nowy nową nowa taki sam też także bardzo dużo mało więcej mniej zawsze " +
      "nigdy nadal teraz dziś dzisiaj wczoraj jutro znowu tylko prostu możliwe dni dnia tydzień tygodni czas " +
      "czasu godzin długo szybko raz",
  ],
  pt: [
    "não o a de que meu minha em um uma como posso e para com eu por",
    "qual quando onde porque os as no na do da dos das ao se me é foi está tenho tem há mais mas já ou meus " +
      "minhas você fazer quero preciso isso favor olá sem ser",
    "quem quais quanto quanta quantos quantas ele ela nós vocês eles elas nos lhe seu sua seus suas teu tua " +
      "nosso nossa isto este esta esse essa estes estas esses essas aquele algo nada ninguém alguém tudo todo " +
      "todos toda todas cada outro outra outros outras sobre desde até entre contra durante antes depois porquê " +
      "pelo pela num numa nem sou és são somos era eram fui ter estou estão estava estar temos têm tinha haver " +
      "pode podem podemos poder poderia pude queria quer querem gostaria deve deveria devo faço faz fazem feito " +
      "fez vai vou vão ir recebo vejo ver sei saber diz dizer encontro encontrar precisa consigo consegue " +
      "conseguir funciona tento tentei problema problemas pergunta ajuda ajudar ajudem obrigado obrigada oi bom " +
      "boa dia dias tarde novo nova novos mesmo mesma também muito muita muitos pouco menos bem mal sempre " +
      "nunca ainda só apenas agora hoje ontem amanhã aqui possível semana semanas tempo horas vez vezes assim " +
      "então quê",
  ],
  ru: [
    "как не я в на и мне у меня что мой моя",
    "почему где когда для это с по за из от до если или а но мою мои моей моего можно могу нужно есть был " +
      "была было вы вас ли же бы пожалуйста здравствуйте уже еще ещё",
    "кто какой какая какие какую каким сколько куда откуда зачем ты он она оно они мы нас нам вам ваш ваша " +
      "ваши ваше вашей его её ее их ему ей им себя свой свою своей своего этот эта эти этого этой тот та те " +
      "того том так там тут здесь то чтобы потому поэтому через при под над без между после перед во со об о " +
      "про к ко быть буду будет были будут может можете могли мог могла надо должен должна хочу хочет хотел " +
      "хотела сделать делать делаю получить получил получила получаю вижу видно знаю узнать найти сказать " +
      "скажите подскажите пытаюсь пробовал получается работает нет ничего никто кто-то все всё всех всегда " +
      "никогда другой другие другую новый новую новая проблема проблемы вопрос помощь помогите помочь спасибо " +
      "добрый день привет только очень много мало больше меньше сейчас сегодня вчера завтра снова опять просто " +
      "возможно дней дня неделю недели время часов долго быстро раз",
  ],
  sv: [
    "jag är det att på i en ett inte hur kan min mitt och för",
    "vad varför var när som med till av har den de du ni om men från vill ska få får mina så blir blev går " +
      "finns kommer mig måste eller hej tack",
    "vem vilken vilket vilka vart varifrån hon han vi dem oss er ert era din ditt dina sin sitt sina deras " +
      "hans hennes denna detta dessa där här då än också bara mer mycket sen sedan efter före innan under över " +
      "utan mot mellan hos genom vid eftersom därför trots ut in upp ner vara varit hade haft kunde kunna " +
      "skulle borde bör ville gör göra gjort gjorde fick fått ser se vet veta hitta hittar säger behöver " +
      "fungerar försöker försökt lyckas problem fråga frågor hjälp hjälpa snälla något inget ingen någon allt " +
      "alla varje annan annat andra ny nytt nya samma alltid aldrig redan fortfarande nu idag igår imorgon igen " +
      "tyvärr plötsligt möjligt dagar dag vecka veckor tid timmar länge snabbt lite",
  ],
  tr: [
    "nasıl bir ve bu mı mi ne için benim neden var",
    "da de ile mu mü ben bana beni yok olarak daha çok ama nerede zaman kadar istiyorum değil gibi olan o " +
      "lütfen merhaba hangi kaç",
    "niye niçin nereden nereye kim kimin kime sen siz biz onlar sizin bizim onun sana size bize ona seni onu " +
      "bunu şu şunu bunun burada orada hem ya veya çünkü eğer ise sonra önce göre karşı üzerinden üzerine " +
      "içinde hakkında tarafından rağmen miyim musunuz mısınız misiniz olur oldu oluyor olmuyor olabilir olacak " +
      "olmadı edebilirim edebilir miyiz ediyor ettim yapabilirim yapmam yapmak yapmalıyım yapıyorum gerekiyor " +
      "gerek istiyor istemiyorum alabilirim almak alıyorum bulabilirim görebilirim görmüyorum biliyorum " +
      "öğrenebilirim çalışmıyor çalışıyor sorun sorunu problem soru yardım yardımcı edin teşekkürler teşekkür " +
      "ederim selam iyi günler hiç hiçbir şey herkes her tüm bütün başka diğer yeni aynı hâlâ hala henüz şimdi " +
      "bugün dün yarın zaten sadece artık tekrar mümkün gün hafta süre saat uzun hemen en az fazla",
  ],
  vi: [
    "tôi không làm thế nào có của cho và là được để",
    "tại sao khi ở đâu gì bao một này trong với thì đã bị mà các những muốn cần như mình bạn vào từ ra lại " +
      "nhưng nếu hay hoặc vui lòng xin",
    "ai mấy nhiêu lâu chúng họ nó anh chị em kia đó đây ấy rằng vì nên cũng chỉ rất hơn nhất quá đang sẽ chưa " +
      "vẫn còn rồi nữa mới đến tới trên dưới về theo qua bằng giữa sau trước ngoài thể phải đúng sai nhận lấy " +
      "thấy biết tìm hỏi nói thử giúp đỡ hỗ trợ vấn đề câu chào cảm ơn ạ nhé à hả vậy việc cách mọi tất cả khác " +
      "nhiều ít ngay bây giờ hôm nay mai luôn tuần ngày thời gian nhanh",
  ],
};

/** In what share of requests each word of a line occurs: an estimate. */
export const COMMON_SHARES = [0.25, 0.08, 0.02];

/**
 * The words that people ask with, whatever it is about, by language: in about every fourth request, every twelfth, every
 * fiftieth. Own knowledge of the languages.
 */
export const COMMON_WORDS: Record<string, readonly [string, string, string]> = {
  de: [
    "ich ist die der das nicht wie kann mein meine ein eine und zu mit in auf habe",
    "meiner meinen meinem was warum wieso wo wann es den dem einen einer einem im von für hab wird wurde werden sie ihr man mir mich noch " +
      "aber wenn dass ob auch bei an am zum zur aus nach über sich sind bitte muss möchte will geht gibt hat keine kein so da",
    "wer wem wen welche welcher welches welchen weshalb woher wohin womit wozu wofür warte du er wir euch uns dir dich ihm ihn ihnen dein deine deinen unser " +
      "unsere euer eure ihre ihren ihrer seine sein seinen diese dieser dieses diesen diesem dies jeder jede jedes alle alles etwas nichts niemand jemand viel viele " +
      "mehr sehr schon erst immer nie mal gerade eben jetzt heute gestern morgen dann denn doch nur hier dort oder weil damit um bis seit vor " +
      "durch gegen ohne unter zwischen vom ins beim als wieder weiter bin bist war waren wäre hatte hätte hätten haben sei seid können könnt könnte könnten " +
      "konnte kannst müssen musst müsste sollen soll sollte darf dürfen möchten wollen wollte würde würden werde lassen lässt tun mache machen macht gemacht " +
      "gehen ging gegangen kommen kommt kam bekomme bekommen bekommt kriege kriegen brauche brauchen braucht finde finden sehe sehen weiß wissen sagen sagt " +
      "steht stimmt klappt funktioniert versucht versuche problem probleme frage fragen hilfe helfen hilft hallo guten tag danke vielen dank gerne gern eigentlich " +
      "einfach leider plötzlich trotzdem bereits wirklich irgendwie möglich richtig neu neue neuen neues neuer ganz genau paar wegen sondern also ja nein los " +
      "zeit woche wochen tage tagen stunden monat jahr lange lang bald schnell anders andere anderen selbst dabei dazu davon dafür daran darauf außerdem",
  ],
};

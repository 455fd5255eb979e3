import { bare, fold } from "./fold.ts";
import { GERMAN_IDEAS } from "./german-words.ts";
import { stemmerFor } from "./stems.ts";

/**
 * Words that people who ask for help use for one another, own knowledge of the field, not of any site. A line is one idea;
 * a word stands in one line only.
 */
const ENGLISH = `
delete remove erase cancel discard uninstall rid deactivate terminate
change edit update modify alter adjust switch replace
add create make build register signup setup open
find locate search lookup where
show display view see visible appear reveal
hide conceal invisible
buy purchase order shop
pay payment paid pays
charge fee cost price expensive fees surcharge commission
refund reimburse reimbursement moneyback
money cash funds fund currency
send transfer wire remit submit forward
receive get obtain arrive arrival delivered delivery ship shipping
wait pending waiting delay delayed slow late
block lock freeze ban suspend disable disabled
stolen steal theft robbed thief
lost lose missing misplaced disappear vanished gone
broken break damaged faulty crash defective malfunction
fail failed decline declined reject rejected refuse refused deny denied error unsuccessful
wrong incorrect mistake mistaken inaccurate
work function operate working
problem issue trouble bug difficulty
photo picture image pic snapshot
video movie clip film
mail email emails inbox
phone mobile cell smartphone telephone
computer pc laptop desktop
password passcode passwd pin
login signin logon
document doc file paper
folder directory
website site webpage web
app application software program
backup save export archive
copy duplicate clone
big large size huge
quick fast rapid instantly immediately soon
begin start launch activate enable
stop end quit prevent avoid
fix repair solve resolve
verify confirm validate verification identity authenticate
limit restriction maximum cap restricted
country abroad overseas foreign international region
rate exchange conversion convert
help support assist assistance
contact reach call talk
user person people someone member
friend contacts buddy
free gratis complimentary
multiple several many
extra additional twice double
why reason cause
link url hyperlink connect
share publish
post upload
download fetch
reply answer respond response
topup reload load deposit
atm cashpoint withdrawal withdraw
old expired expire outdated obsolete
new another fresh
invoice bill receipt statement billing
subscription subscribe plan membership tier
discount coupon promo voucher promotion
parcel package shipment
notification alert reminder notify
age young kid child children minor
salary wage paycheck income payroll
merchant seller vendor retailer store
language translate translation
pick choose select
unknown unrecognized suspicious unfamiliar weird strange recognise recognize fraud fraudulent unauthorized scam
track trace progress status follow
compromised hacked hack leaked breach
wifi wireless internet network
reset restore restart reboot
safe secure security protect protection
information info detail details data
terms conditions policy rules
guarantee warranty
happen occur
`;
const CHINESE = `
怎么 如何 怎样 咋
哪里 哪儿 什么地方 何处
多少钱 价格 价钱 费用 收费
删除 删掉 去掉 移除 卸载 清除
修改 更改 变更 改变 更换 设置
好看 漂亮 美丽
手机 移动电话
电脑 计算机
密码 口令
图片 照片 相片
女孩 女生 女人 女性
男孩 男生 男人 男性
老婆 妻子 媳妇
老公 丈夫
买 购买 选购
卖 出售 销售
喜欢 喜爱
退款 退钱 退费
忘记 忘了
丢失 丢了 遗失
无法 不能 不了 没法
软件 程序 应用
下载 安装
治疗 治 医治
为什么 为何 为啥 怎么回事
什么 啥
网站 网址
方法 办法 方式
赚钱 挣钱
电影 影片
`;

const ARABIC = `
حذف الغاء مسح ازالة شطب اغلاق إلغاء
تغيير تعديل تحديث اغير تبديل عدل
شراء اشتري مشتريات طلب
دفع سداد ادفع مدفوعات دفعة
رسوم تكلفة عمولة سعر رسم مصاريف تكاليف
استرداد استرجاع ارجاع رد
مال نقود فلوس اموال مصاري نقد كاش نقدي أموال
تحويل ارسال حوالة ارسل احول
استلام وصول وصل توصيل تسليم يوصل
انتظار معلق معلقة تأخير متأخر قيد تأخر انتظر
حظر قفل تجميد محظور ايقاف مقفل
مسروقة سرقة مسروق انسرق سرقت
فقدان ضائعة ضاعت فقدت مفقودة ضياع مفقود
معطل تعطل خراب مكسور خربان يعمل يشتغل شغال
فشل رفض مرفوضة مرفوض فاشل رفضت فشلت
خطأ غلط خاطئ خاطئة
مشكلة مشاكل خلل
هاتف جوال موبايل تلفون محمول
رمز كود رقم باسورد
حساب حسابي
تفعيل تنشيط تشغيل افعل
تحقق تأكيد اثبات هوية توثيق إثبات
حد حدود اقصى أقصى
بلد دولة بلدان دول خارج اجنبية أجنبية
صرف سعر تبادل عملة عملات
مساعدة دعم
شحن تعبئة اضافة ايداع إيداع إضافة
سحب صراف اسحب سحبت
انتهاء تنتهي صلاحية منتهية
لماذا ليش ليه سبب
كيف شلون ازاي طريقة كيفية
مرتين مكرر مكررة مزدوج
اعرف معرفة معرف
`;

/** Looked up whatever the language: these are told apart by their letters, and English words stand in all languages. */
const everywhere = new Map<string, number>();
/** Looked up in texts of one language only: "Kind" is a child in German. */
const german = new Map<string, number>();
let lines = 0;
read(ENGLISH, "en", everywhere);
read(CHINESE, "zh", everywhere);
read(ARABIC, "ar", everywhere);
read(GERMAN_IDEAS, "de", german);

/** The number of the idea that a word stands for in a language, if it is a known one. `form` is its stem. */
export function conceptOf(form: string, language?: string): number | undefined {
  return (language === "de" ? german.get(form) : undefined) ?? everywhere.get(form);
}

function read(list: string, language: string, into: Map<string, number>): void {
  const stem = stemmerFor(language);
  for (const words of list.trimEnd().split("\n")) {
    lines++;
    if (words === "") continue;
    const forms = words.split(" ").map((word) => bare(stem(fold(word))));
    // A line with a word that English has, too, is the same idea: "Rechner" is what "Computer" is, and so is "PC".
    const shared = into === everywhere ? undefined : forms.map((form) => everywhere.get(form)).find((idea) => idea);
    for (const form of forms) if (!into.has(form)) into.set(form, shared ?? lines);
  }
}

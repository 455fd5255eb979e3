import { chooseLocale } from "../../ui/locale.ts";

/* What our mail says, in the visitor's language. A language that has none is answered in English. */

const en = {
  codeSubject: (site: string, code: string) => `${code} is your code for ${site}`,
  codeLead: (site: string) => `Enter this code in the chat of ${site} to confirm your address:`,
  codeEnds: "It is valid for 15 minutes. If you did not ask for it, ignore this email: nothing happens.",
  transcriptSubject: (site: string) => `Your conversation with ${site}`,
  transcriptLead: (site: string) => `Here is your conversation with ${site}, as you asked.`,
  noticeSubject: (name: string, site: string) => `${name} of ${site} answered you`,
  noticeLead: (name: string, site: string) => `${name} of ${site} wrote to you while you were away:`,
  noticeBack: "Go back to the conversation",
  noticeWhy: (site: string) => `You get this email because you wrote to ${site} and left this address.`,
  stop: "No more emails like this",
  you: "You",
  someone: "Support",
  attached: (name: string) => `Attached: ${name}`,
  article: (title: string) => `Article: ${title}`,
  gone: "Message removed",
  stopAsk: (address: string, site: string) => `Stop emails about answers from ${site} to ${address}?`,
  stopYes: "Stop these emails",
  stopDone: "Done. You will get no more emails like this.",
  stopBad: "This link is not complete. Open it as it stands in the email.",
};
export type MailSentences = typeof en;

const zhHans: MailSentences = {
  codeSubject: (site, code) => `${code} 是您在${site}的验证码`,
  codeLead: (site) => `请在${site}的对话窗口中输入此验证码，以确认您的邮箱：`,
  codeEnds: "15 分钟内有效。如果不是您本人操作，请忽略此邮件，不会有任何影响。",
  transcriptSubject: (site) => `您与${site}的对话记录`,
  transcriptLead: (site) => `这是您要求发送的与${site}的对话记录。`,
  noticeSubject: (name, site) => `${site}的${name}回复了您`,
  noticeLead: (name, site) => `您离开时，${site}的${name}给您留言：`,
  noticeBack: "返回对话",
  noticeWhy: (site) => `您收到此邮件，是因为您曾联系${site}并留下了此邮箱。`,
  stop: "不再接收此类邮件",
  you: "您",
  someone: "客服",
  attached: (name) => `附件：${name}`,
  article: (title) => `文章：${title}`,
  gone: "消息已删除",
  stopAsk: (address, site) => `不再向 ${address} 发送来自${site}的回复邮件？`,
  stopYes: "不再发送",
  stopDone: "好的，您不会再收到此类邮件。",
  stopBad: "链接不完整，请直接打开邮件中的链接。",
};

const zhHant: MailSentences = {
  codeSubject: (site, code) => `${code} 是您在${site}的驗證碼`,
  codeLead: (site) => `請在${site}的對話視窗中輸入此驗證碼，以確認您的電子郵件：`,
  codeEnds: "15 分鐘內有效。若非您本人操作，請忽略此郵件，不會有任何影響。",
  transcriptSubject: (site) => `您與${site}的對話紀錄`,
  transcriptLead: (site) => `這是您要求寄送的與${site}的對話紀錄。`,
  noticeSubject: (name, site) => `${site}的${name}回覆了您`,
  noticeLead: (name, site) => `您離開時，${site}的${name}留言給您：`,
  noticeBack: "返回對話",
  noticeWhy: (site) => `您收到此郵件，是因為您曾聯絡${site}並留下了此電子郵件。`,
  stop: "不再接收此類郵件",
  you: "您",
  someone: "客服",
  attached: (name) => `附件：${name}`,
  article: (title) => `文章：${title}`,
  gone: "訊息已刪除",
  stopAsk: (address, site) => `不再寄送${site}的回覆郵件至 ${address}？`,
  stopYes: "不再寄送",
  stopDone: "好的，您不會再收到此類郵件。",
  stopBad: "連結不完整，請直接開啟郵件中的連結。",
};

const TABLES: Readonly<Record<string, MailSentences>> = { en, "zh-Hans": zhHans, "zh-Hant": zhHant };
const SPOKEN = ["en", "zh-Hans", "zh-Hant"] as const;

/** The language in which we write to whoever reads these, best first. */
export function mailLocale(tags: readonly (string | undefined)[]): string {
  return chooseLocale(tags, SPOKEN);
}

export function mailSentences(locale: string): MailSentences {
  return TABLES[locale] ?? en;
}

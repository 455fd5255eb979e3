/* A letter as plain text and as simple HTML, out of the same parts. Nothing in it is markup that somebody else wrote. */

export type Part =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "message"; name: string; time: string; lines: readonly string[]; own?: boolean }
  | { kind: "link"; text: string; url: string };

export interface Letter {
  locale: string;
  subject: string;
  parts: readonly Part[];
  /** Small, below a line. */
  foot?: readonly (string | { text: string; url: string })[];
  /** The name we write under: the site's. */
  from: string;
  replyTo?: string;
  /** One click there ends mail of this kind. */
  unsubscribe?: string;
}

const INK =
  "color:#16191d;font:15px/24px system-ui,-apple-system,'Segoe UI',Roboto,'PingFang SC','PingFang TC',sans-serif";
const MUTED = "color:#5b6470;font-size:13px;line-height:20px";

export function plainOf({ parts, foot = [] }: Letter): string {
  const body = parts.map((part) => {
    if (part.kind === "message") return [`${part.name}, ${part.time}`, ...part.lines].join("\n");
    return part.kind === "link" ? `${part.text}:\n${part.url}` : part.text;
  });
  const below = foot.map((one) => (typeof one === "string" ? one : `${one.text}: ${one.url}`));
  // "-- " begins a signature: programs fold it away.
  return [body.join("\n\n"), ...(below.length > 0 ? [["-- ", ...below].join("\n")] : [])].join("\n\n");
}

export function htmlOf({ locale, subject, parts, foot = [] }: Letter): string {
  const body = parts.map(partHtml).join("\n");
  const below = foot.map((one) => (typeof one === "string" ? escaped(one) : anchor(one.url, one.text, MUTED)));
  return `<!doctype html>
<html lang="${escaped(locale)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;background:#ffffff">
<div style="max-width:560px;margin:0 auto;${INK}">
${body}
${below.length > 0 ? `<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #e3e6ea;${MUTED}">${below.join("<br>")}</p>` : ""}
</div></body></html>`;
}

function partHtml(part: Part): string {
  switch (part.kind) {
    case "text":
      return `<p dir="auto" style="margin:0 0 16px">${lines(part.text)}</p>`;
    case "code":
      return `<p style="margin:0 0 16px;font-size:28px;line-height:40px;letter-spacing:4px;font-weight:600">${escaped(part.text)}</p>`;
    case "message": {
      const shade = part.own ? "#f0f2f5" : "#e7f0f1";
      const text = part.lines.map(lines).join("<br>");
      return `<p dir="auto" style="margin:0 0 4px;${MUTED}">${escaped(part.name)} · ${escaped(part.time)}</p>
<p dir="auto" style="margin:0 0 16px;padding:10px 14px;border-radius:12px;background:${shade}">${text}</p>`;
    }
    case "link":
      return `<p style="margin:0 0 16px">${anchor(part.url, part.text, "color:#0a6370;font-weight:600")}</p>`;
    default:
      return part satisfies never;
  }
}

function anchor(url: string, text: string, style: string): string {
  return `<a href="${escaped(url)}" style="${style}">${escaped(text)}</a>`;
}

function lines(text: string): string {
  return escaped(text).replace(/\r?\n/g, "<br>");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

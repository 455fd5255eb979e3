import { createTransport } from "nodemailer";
import { htmlOf, type Letter, plainOf } from "./letter.ts";

/** A server that says nothing holds a letter up this long, and nothing else. */
const CONNECT_MS = 10_000;
const SILENT_MS = 20_000;

/** One letter to one address. */
export interface Parcel {
  to: string;
  /** The same at each try, so that who gets it twice shows it once (D14). */
  id: string;
  letter: Letter;
}

/** Where letters go out: resolves once the other side has taken it. */
export interface Carrier {
  /** Which address they come from. */
  readonly from: string;
  send(parcel: Parcel): Promise<void>;
  close(): void;
}

/** Rejected for good: no later try would go better. */
export function isPermanent(error: unknown): boolean {
  const code = (error as { responseCode?: number }).responseCode ?? 0;
  return code >= 500 && code < 600;
}

/**
 * Over SMTP. `from` in the address's query says what mail comes from; without it the user it signs in as, or an address
 * at this server's own host.
 */
export function createSmtp(smtpUrl: string, host: () => string | undefined): Carrier {
  const url = new URL(smtpUrl);
  const said = url.searchParams.get("from");
  const user = decodeURIComponent(url.username);
  url.searchParams.delete("from");
  const transport = createTransport({
    url: url.href,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = () => host() ?? url.hostname;
  const carrier: Carrier = {
    get from() {
      return said ?? (user.includes("@") ? user : `support@${domain()}`);
    },
    async send({ to, id, letter }) {
      await transport.sendMail({
        // As objects: a name is never parsed as another address.
        from: { name: oneLine(letter.from), address: carrier.from },
        to: { name: "", address: to },
        ...(letter.replyTo && { replyTo: { name: oneLine(letter.from), address: letter.replyTo } }),
        subject: oneLine(letter.subject),
        text: plainOf(letter),
        html: htmlOf(letter),
        messageId: `<${id}@${domain()}>`,
        headers: {
          "Auto-Submitted": "auto-generated",
          "Content-Language": letter.locale,
          ...(letter.unsubscribe && {
            "List-Unsubscribe": `<${letter.unsubscribe}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          }),
        },
      });
    },
    close: () => transport.close(),
  };
  return carrier;
}

/** What goes into a header stands on one line, whatever somebody called themselves. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

import type { Event } from "../../protocol/index.ts";
import type { Part } from "./letter.ts";
import type { MailSentences } from "./sentences.ts";

/** Messages of a conversation as they stand in a letter: edited ones as they are now, redacted ones without their words. */
export function messagesOf(
  events: readonly Event[],
  { t, locale, zone }: { t: MailSentences; locale: string; zone: string },
): Part[] {
  const edits = new Map<number, string | undefined>();
  for (const event of events) {
    if (event.type === "edited") edits.set(event.target, event.text);
    if (event.type === "redacted") edits.set(event.target, undefined);
  }
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
  return events.flatMap((event): Part[] => {
    if (event.type !== "posted") return [];
    const own = event.by.kind === "visitor";
    const text = edits.has(event.seq) ? edits.get(event.seq) : event.gone ? undefined : event.text;
    const lines = [
      ...(text === undefined ? [t.gone] : text ? [text] : []),
      ...(event.files ?? []).map(({ name }) => t.attached(name)),
      ...(event.article ? [t.article(event.article.title), event.article.url] : []),
    ];
    const name = own ? t.you : (event.by.name ?? t.someone);
    return [{ kind: "message", name, time: time.format(Date.parse(event.at)), lines, own }];
  });
}

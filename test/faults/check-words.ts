import { isDeepStrictEqual } from "node:util";
import type { Event, EventId } from "../../protocol/index.ts";
import type { Evidence, Report } from "./check.ts";
import type { Op } from "./history.ts";
import type { LogConversation, LogEvent } from "./log.ts";

/*
 * What an edit left, and that a message which was taken back is gone: in the log, and in whatever anybody shows. Who
 * holds the words of a message still holds what they were sent; what their view makes of it is what counts.
 */

/** D1, D9: the log has the changes that were acknowledged, and none that nobody asked for or might ask for. */
export function checkChanges({ history, log, agents, restored }: Evidence, report: Report): void {
  const ids = new Map(agents.map(({ name, as }) => [name, as.id as string]));
  const asked = new Map<string, Op>();
  const refused = new Map<string, Op>();
  for (const op of history.ops) {
    const { command, outcome, fault, person } = op;
    if (command.type !== "edit" && command.type !== "redact") continue;
    asked.set(keyOf(command, ids.get(person)), op);
    if (command.type === "edit" && fault?.retry === "never") refused.set(command.text, op);
    if (outcome === "ok" && !restored) checkAnswer(op, log.conversations.get(command.conversation), report);
  }
  for (const conversation of log.conversations.values()) {
    const tellers = new Map<string, number>();
    const redacted = new Set<number>();
    for (const event of conversation.talk) {
      const { type, seq, agent, body } = event;
      if (type !== "edited" && type !== "redacted") continue;
      const { target = 0, text } = body;
      const where = `talk ${seq} of ${conversation.id}`;
      const message = conversation.talk[target - 1];
      const wrong = (rule: string, says: string) => report({ rule, kind: "other", says, about: conversation.id });
      if (target >= seq || message?.type !== "posted" || message.agent === undefined || message.agent !== agent)
        wrong("D9", `${where} changes ${target}, which was not its author's to change`);
      if (redacted.has(target)) wrong("D9", `${where} changes ${target}, which was taken back before`);
      if (type === "redacted") redacted.add(target);
      const command = { type: type === "edited" ? "edit" : "redact", conversation: conversation.id, target, text };
      if (text !== "" && !asked.has(keyOf(command, agent))) wrong("D9", `nobody asked for ${where}: ${type} ${text}`);
      if (text && refused.has(text) && !restored)
        wrong("D9", `${where} says "${text}", which ${refused.get(text)?.person} was refused`);
      const twin = text ? tellers.get(text) : undefined;
      if (twin !== undefined)
        report({
          rule: "D2",
          kind: "doubled",
          says: `"${text}" stands twice, at ${twin} and ${where}`,
          about: conversation.id,
        });
      if (text) tellers.set(text, seq);
    }
    for (const { type, seq, body } of conversation.talk) {
      const where = `talk ${seq} of ${conversation.id}`;
      const empty = body.gone === true && body.text === "";
      if (type === "posted" && (empty || body.gone === true) !== redacted.has(seq)) {
        const says = body.gone
          ? `${where} is empty, and nobody took it back`
          : `${where} was taken back and says "${body.text}"`;
        report({ rule: body.gone ? "D1" : "D9", kind: "other", says, about: conversation.id });
      }
      if (type === "edited" && body.text !== "" && redacted.has(body.target ?? 0)) {
        const says = `${where} still says "${body.text}" of ${body.target}, which was taken back`;
        report({ rule: "D9", kind: "other", says, about: conversation.id });
      }
    }
  }
}

/** Whether a change was acknowledged as what was asked for, and lies so in the log. */
function checkAnswer({ command, event, person }: Op, conversation: LogConversation | undefined, report: Report): void {
  if (command.type !== "edit" && command.type !== "redact") return;
  const { target } = command;
  const lost = (what: string) => {
    const text = command.type === "edit" ? ` as "${command.text}"` : "";
    const says = `${person}'s ${command.type} of ${target} of ${command.conversation}${text} was acknowledged, and ${what}`;
    report({ rule: "D1", kind: "lost", says, about: command.conversation });
  };
  const stored = event && conversation?.talk[event.seq - 1];
  const gone = conversation?.talk[target - 1]?.body.gone === true;
  if (!event || !stored) lost("nothing came of it");
  else if (command.type === "redact") {
    if (event.type !== "redacted" || event.target !== target) lost(`answered with ${event.type} ${event.seq}`);
    else if (!gone) lost("its words are in the log");
  } else {
    // What says so already may be the message itself.
    const right = event.type === "edited" ? event.target === target : event.type === "posted" && event.seq === target;
    if (!right || !("text" in event) || event.text !== command.text) lost(`answered with ${event.type} ${event.seq}`);
    else if (!gone && stored.body.text !== command.text) lost(`the log says "${stored.body.text}"`);
  }
}

/** D4: what anybody was sent says what the log says, or said before it was taken back. D11: so does what they see. */
export function checkShown({ history, log, visitors, agents }: Evidence, report: Report): void {
  const edits = new Map<EventId, string>();
  for (const { command, event } of history.ops)
    if (command.type === "edit" && event?.type === "edited") edits.set(event.id, command.text);
  for (const [person, heard] of history.heard) {
    for (const [id, streams] of heard) {
      const conversation = log.conversations.get(id);
      if (!conversation) continue;
      for (const event of [...streams.talk, ...streams.desk]) {
        const stored = event && conversation[event.stream][event.seq - 1];
        if (!event || stored?.id !== event.id) continue;
        const once = history.written.get(event.id)?.text ?? edits.get(event.id);
        if (says(event, stored, once)) continue;
        const where = `${event.stream} ${event.seq} of ${id}`;
        const told = `${person} was sent ${JSON.stringify(bodyOf(event))} as ${where}, where the log has ${JSON.stringify(stored.body)}`;
        report({ rule: "D4", kind: "order", says: told, about: id });
      }
    }
  }
  const views = [
    ...visitors.flatMap(({ name, tabs }) => tabs.map(({ views }) => ({ name, views }))),
    ...agents.map(({ name, connection }) => ({ name, views: connection.views })),
  ];
  const truths = new Map([...log.conversations].map(([id, { talk }]) => [id, shownIn(talk)]));
  for (const { name, views: shown } of views) {
    for (const [id, { talk }] of shown) {
      const truth = truths.get(id);
      // What is missing is told elsewhere.
      if (!truth || talk.length !== log.conversations.get(id)?.talk.length) continue;
      for (const [seq, text] of shownIn(talk.map((event) => ({ ...event, body: event as LogEvent["body"] })))) {
        if (truth.get(seq) === text) continue;
        const told = `${name} shows ${quoted(text)} at talk ${seq} of ${id}, where the log shows ${quoted(truth.get(seq))}`;
        report({ rule: "D11", kind: "other", says: told, about: id });
      }
    }
  }
}

/** What a view shows of each message: its newest words, or that it was taken back. */
export function shownIn(talk: readonly Pick<LogEvent, "type" | "seq" | "body">[]): Map<number, string | null> {
  const shown = new Map<number, string | null>();
  for (const { type, seq, body } of talk) {
    const { target = 0, text = "" } = body;
    if (type === "posted") shown.set(seq, body.gone ? null : text);
    if (type === "edited" && shown.get(target) !== null) shown.set(target, text);
    if (type === "redacted") shown.set(target, null);
  }
  return shown;
}

/** `once`: the words it was written with, where the log has none any more. */
export function says(event: Event, { kind, agent, body }: LogEvent, once: string | undefined): boolean {
  if (event.by.kind !== kind || (kind === "agent" && event.by.id !== agent)) return false;
  const told = bodyOf(event);
  if (isDeepStrictEqual(told, body)) return true;
  const emptied = body.text === "" && (body.gone === true || event.type === "edited");
  return emptied && (once === undefined || told.text === once) && told.target === body.target;
}

function bodyOf({ conversation, stream, seq, id, at, by, type, ...body }: Event): LogEvent["body"] {
  return body as LogEvent["body"];
}

function keyOf(
  command: { type: string; conversation: string; target: number; text?: string | undefined },
  agent: unknown,
) {
  return `${agent} ${command.type} ${command.target} of ${command.conversation} ${command.text ?? ""}`;
}

function quoted(text: string | null | undefined): string {
  return text === null ? "nothing (taken back)" : text === undefined ? "no message" : `"${text}"`;
}

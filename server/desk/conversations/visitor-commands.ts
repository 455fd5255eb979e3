import {
  type Accepted,
  type Event,
  type FileCard,
  refuse,
  type Synced,
  type VisitorCommand,
} from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import { toTime } from "../../clock.ts";
import * as conversations from "../../store/conversations.ts";
import { KINDS } from "../../store/events.ts";
import type { Db, Store } from "../../store/port.ts";
import type { VisitorActor } from "../actors.ts";
import type { Files } from "../files/files.ts";
import type { Publish } from "../publish.ts";
import { type ConversationRecord, fromRow, newRecord } from "./conversation-record.ts";
import { keptRecord } from "./kept-records.ts";
import { AgainError, append, type Draft, visitorWriter } from "./log.ts";
import { again, alreadyStored, assertContent, findRecord, markRead } from "./posting.ts";
import { syncStream } from "./reading.ts";
import { ending, openSurvey, sameAnswer } from "./survey.ts";

type Asked<T extends VisitorCommand["type"]> = Extract<VisitorCommand, { type: T }>;

/** What one command did: the reply, and what to tell everybody once it is durable. */
interface Outcome {
  reply: Accepted;
  record?: ConversationRecord;
  stored?: Event[];
}

export interface VisitorCommands {
  /** Carries out a decoded command. Resolves after the durable commit (D1); throws a Refusal. */
  execute(visitor: VisitorActor, command: VisitorCommand): Promise<Accepted | Synced>;
}

/** The visitors' side of a conversation: everything they may ask for. */
export function createVisitorCommands(parts: {
  store: Store;
  clock: Clock;
  publish: Publish;
  files: Pick<Files, "take" | "bind">;
  contact(visitor: VisitorActor, details: { name?: string; email?: string }): Promise<VisitorActor>;
}): VisitorCommands {
  const { store, clock, publish } = parts;

  const commit = async (job: (db: Db) => Promise<Outcome>): Promise<Accepted> => {
    const { reply, record, stored } = await store.write(job);
    if (record && stored) publish.stored(record, stored);
    return reply;
  };

  return {
    async execute(visitor, command) {
      switch (command.type) {
        case "post":
          return commit((db) => post(db, parts.files, visitor, command, clock.now()));
        case "resolve":
          return commit((db) => resolve(db, visitor, command, clock.now()));
        case "rate":
          return commit((db) => rate(db, visitor, command, clock.now()));
        case "read":
          return read(command);
        case "contact":
          return contact(command);
        case "sync":
          return store.read(async (db) => {
            const record = await findRecord(db, command.conversation, mine(visitor));
            return syncStream(db, record, "talk", command.after, command.limit);
          });
        default:
          return command satisfies never;
      }

      async function read({ conversation, seq }: Asked<"read">): Promise<Accepted> {
        const moved = await store.write(async (db) => {
          const record = await findRecord(db, conversation, mine(visitor));
          if (seq > record.view.head.talk) refuse("invalid", "Cannot read beyond the head", { field: "seq" });
          if (seq <= record.view.read.visitor) return undefined;
          await markRead(db, record, "visitor", seq);
          return record;
        });
        if (moved) publish.read(moved, "visitor", seq);
        return { ok: true };
      }

      async function contact({ name, email }: Asked<"contact">): Promise<Accepted> {
        const known = await parts.contact(visitor, {
          ...(name !== undefined && { name }),
          ...(email !== undefined && { email }),
        });
        const rows = await store.read((db) => conversations.ofVisitor(db, visitor.key, 20));
        publish.changed(known, rows.map(fromRow));
        return { ok: true };
      }
    },
  };
}

async function post(
  db: Db,
  kept: Pick<Files, "take" | "bind">,
  visitor: VisitorActor,
  command: Asked<"post">,
  now: number,
): Promise<Outcome> {
  const { id, text, files = [] } = command;
  const content = { type: "posted", text, files } as const;
  const writer = visitorWriter(visitor);
  const known = files.length === 0 ? await postToKept(db, visitor, command, now) : undefined;
  if (known) return known;
  const before = await alreadyStored(db, writer, id, content);
  if (before) return { reply: { ok: true, event: before.event, again: true } };
  assertContent(content);
  const record = await whereToPost(db, visitor, command, now);
  const by = { kind: KINDS.visitor, author: visitor.key };
  const cards = await kept.take(db, by, visitor.site.key, files);
  const drafts: Draft[] = [];
  if (record.view.status === "resolved") drafts.push({ type: "reopened", episode: record.view.episode + 1 });
  if (record.view.status === "snoozed") drafts.push({ type: "woken" });
  drafts.push(draftOf(command, cards));
  const stored = await append(db, record, writer, now, drafts);
  await kept.bind(db, by, files, record.key);
  return accepted(record, stored, "posted");
}

/**
 * The usual message: words in an open conversation that an earlier job kept. Nothing is looked up: whether it was stored
 * before (D2) says the unique index, and then, as where anything else is unusual, the long way answers.
 */
async function postToKept(db: Db, visitor: VisitorActor, command: Asked<"post">, now: number) {
  const record = keptRecord(db, command.conversation);
  if (!record || !mine(visitor)(record) || record.view.status !== "open" || command.text.trim() === "")
    return undefined;
  try {
    return accepted(record, await append(db, record, visitorWriter(visitor), now, [draftOf(command)]), "posted");
  } catch (error) {
    // One event alone was begun, and is not there: nothing is to be undone.
    if (error instanceof AgainError) return undefined;
    throw error;
  }
}

function draftOf({ id, text, page, locale, asked, tracked = [] }: Asked<"post">, files: FileCard[] = []): Draft {
  return {
    type: "posted",
    id,
    text,
    ...(files.length > 0 && { files }),
    ...(page && { page }),
    ...(locale !== undefined && { locale }),
    ...(asked && { asked }),
    ...(tracked.length > 0 && { tracked }),
  };
}

/** The conversation named; else the one that is open; else a new one, made with its first message. */
async function whereToPost(
  db: Db,
  visitor: VisitorActor,
  { conversation }: Asked<"post">,
  now: number,
): Promise<ConversationRecord> {
  const named = await findRecord(db, conversation, () => true).catch(() => undefined);
  if (named && !mine(visitor)(named)) refuse("not-found", "No such conversation", { field: "conversation" });
  if (named && named.view.status !== "resolved") return named;
  const open = await conversations.openOf(db, visitor.key);
  if (open) return fromRow(open);
  return named ?? newRecord(conversation, visitor.site, visitor, toTime(now));
}

async function resolve(db: Db, visitor: VisitorActor, command: Asked<"resolve">, now: number): Promise<Outcome> {
  const record = await findRecord(db, command.conversation, mine(visitor));
  if (record.view.status === "resolved") return { reply: await again(db, record, "resolved", "talk") };
  const stored = await append(db, record, visitorWriter(visitor), now, ending(record, now));
  return accepted(record, stored, "resolved");
}

async function rate(db: Db, visitor: VisitorActor, command: Asked<"rate">, now: number): Promise<Outcome> {
  const { episode, solved, rating, reasons, comment } = command;
  const record = await findRecord(db, command.conversation, mine(visitor));
  const survey = openSurvey(record, episode, now);
  if (sameAnswer(survey, command)) return { reply: await again(db, record, "rated", "talk") };
  const drafts: Draft[] = [
    {
      type: "rated",
      episode,
      solved,
      ...(rating !== undefined && { rating }),
      ...(reasons !== undefined && { reasons }),
      ...(comment !== undefined && { comment }),
    },
  ];
  // "Not yet" reopens at once, unless the visitor is already talking elsewhere: they have one open conversation.
  const ended = record.view.status === "resolved" && record.view.episode === episode;
  if (!solved && ended && !(await conversations.openOf(db, visitor.key))) {
    drafts.push({ type: "reopened", episode: episode + 1, why: "not-solved" });
  }
  const stored = await append(db, record, visitorWriter(visitor), now, drafts);
  return accepted(record, stored, "rated");
}

/** A visitor hears of `talk` only, also in a reply (D12). */
function accepted(record: ConversationRecord, stored: Event[], bears: Event["type"]): Outcome {
  const heard = stored.filter((event) => event.stream === "talk");
  const event = heard.find(({ type }) => type === bears);
  const reply: Accepted = { ok: true, ...(event && { event }), ...(heard.length > 1 && { events: heard }) };
  return { reply, record, stored };
}

function mine(visitor: VisitorActor) {
  return (record: ConversationRecord) => record.visitorKey === visitor.key;
}

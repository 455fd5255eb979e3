import {
  type Accepted,
  type AgentCommand,
  type AgentId,
  type ArticleCard,
  type Event,
  refuse,
  type Synced,
} from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import { toTime } from "../../clock.ts";
import * as conversations from "../../store/conversations.ts";
import * as events from "../../store/events.ts";
import type { Db, Store } from "../../store/port.ts";
import { type AgentActor, cardOf } from "../actors.ts";
import type { Files } from "../files/files.ts";
import type { Publish } from "../publish.ts";
import { type ConversationRecord, fromRow } from "./conversation-record.ts";
import { listInbox, openConversation } from "./inbox.ts";
import { agentWriter, append, type Draft, SYSTEM, toEvent } from "./log.ts";
import type { MessageSearch } from "./message-search.ts";
import { edit, redact } from "./own-messages.ts";
import { again, alreadyStored, assertContent, findRecord, lastOf, markRead } from "./posting.ts";
import { syncStream } from "./reading.ts";
import { ending } from "./survey.ts";

type Asked<T extends AgentCommand["type"]> = Extract<AgentCommand, { type: T }>;

/** What one command did: the reply, and what to tell everybody once it is durable. */
export interface Outcome {
  reply: Accepted;
  record?: ConversationRecord;
  stored?: Event[];
}

/** What the commands need to know from other nouns. */
export interface AgentCommandPorts {
  store: Store;
  clock: Clock;
  publish: Publish;
  messageSearch: MessageSearch;
  files: Pick<Files, "take" | "bind">;
  /** An agent's card and key by public id, if they answer for the site. */
  member(db: Db, site: number, id: AgentId): Promise<AgentActor | undefined>;
  /** The card of an article that a visitor of this site may read. */
  articleCard(db: Db, site: number, id: string): Promise<ArticleCard | undefined>;
  /** The integer key of a site the agent belongs to, by public id; else `not-found`. */
  siteKey(agent: AgentActor, id: string): Promise<number>;
}

/** Commands about what a socket hears are `live/`'s business; everything else is decided here. */
export type DeskCommand = Exclude<AgentCommand, { type: "leave" }>;

export interface AgentCommands {
  /** Carries out a decoded command. Resolves after the durable commit (D1); throws a Refusal. */
  execute(agent: AgentActor, command: DeskCommand): Promise<Accepted | Synced>;
  /** Ends the snoozes that are due, and returns how many. */
  wake(): Promise<number>;
}

/** The agents' side of a conversation: everything they may ask for. */
export function createAgentCommands(ports: AgentCommandPorts): AgentCommands {
  const { store, clock, publish } = ports;

  const commit = async (job: (db: Db) => Promise<Outcome>): Promise<Accepted> => {
    const { reply, record, stored } = await store.write(job);
    if (record && stored) publish.stored(record, stored);
    return reply;
  };

  return {
    async execute(agent, command) {
      switch (command.type) {
        case "inbox": {
          const site = await ports.siteKey(agent, command.site);
          if (command.query) await ports.messageSearch.caughtUp();
          return store.read((db) => listInbox(db, agent, site, command));
        }
        case "open":
          return store.read(async (db) => openConversation(db, await find(db, agent, command)));
        case "sync":
          return store.read(async (db) =>
            syncStream(db, await find(db, agent, command), command.stream, command.after, command.limit),
          );
        case "read":
          return read(agent, command);
        case "post":
          return commit((db) => post(db, ports, agent, command));
        case "note":
          return commit((db) => note(db, ports, agent, command));
        case "assign":
          return commit((db) => assign(db, ports, agent, command));
        case "resolve":
          return commit((db) => resolve(db, ports, agent, command));
        case "reopen":
          return commit((db) => reopen(db, ports, agent, command));
        case "snooze":
          return commit((db) => snooze(db, ports, agent, command));
        case "tag":
          return commit((db) => tag(db, ports, agent, command));
        case "edit":
          return commit((db) => edit(db, clock.now(), agent, command));
        case "redact":
          return commit((db) => redact(db, clock.now(), agent, command));
        default:
          return command satisfies never;
      }
    },

    async wake() {
      const due = await store.read((db) => conversations.toWake(db, clock.now(), 100));
      for (const { id } of due) {
        await commit(async (db) => {
          const row = await conversations.byKey(db, id);
          const record = row && fromRow(row);
          const until = record?.view.snoozedUntil;
          // Someone may have woken it since: look again inside the transaction.
          if (!record || until === undefined || Date.parse(until) > clock.now()) return { reply: { ok: true } };
          const stored = await append(db, record, SYSTEM, clock.now(), [{ type: "woken" }]);
          return { reply: { ok: true }, record, stored };
        });
      }
      return due.length;
    },
  };

  async function read(agent: AgentActor, command: Asked<"read">): Promise<Accepted> {
    const { seq } = command;
    const moved = await store.write(async (db) => {
      const record = await find(db, agent, command);
      if (seq > record.view.head.talk) refuse("invalid", "Cannot read beyond the head", { field: "seq" });
      if (seq <= record.view.read.agents) return undefined;
      await markRead(db, record, "agents", seq);
      return record;
    });
    if (moved) publish.read(moved, "agents", seq);
    return { ok: true };
  }
}

async function post(db: Db, ports: AgentCommandPorts, agent: AgentActor, command: Asked<"post">): Promise<Outcome> {
  const { id, text, files = [], article, seen } = command;
  const content = { type: "posted", text, files, article } as const;
  const before = await alreadyStored(db, agentWriter(agent), id, content);
  assertStillTheirs(agent, before?.record);
  if (before) return { reply: { ok: true, event: before.event, again: true } };
  const record = await find(db, agent, command);
  assertContent(content);
  await assertNothingUnseen(db, record, agent, seen);
  const card = article === undefined ? undefined : await ports.articleCard(db, record.siteKey, article);
  if (article !== undefined && !card) refuse("not-found", "Cannot post: no such article", { field: "article" });
  const by = { kind: events.KINDS.agent, author: agent.key };
  const cards = await ports.files.take(db, by, record.siteKey, files);
  const drafts: Draft[] = record.assigneeKey === null ? bringIn(agent) : [];
  drafts.push({ type: "posted", id, text, ...(cards.length > 0 && { files: cards }), ...(card && { article: card }) });
  await ports.files.bind(db, by, files, record.key);
  return store(db, ports, record, agent, drafts, "posted");
}

/** What they once wrote on a site that they have left since is not sent to them again (D12). */
function assertStillTheirs(agent: AgentActor, record: ConversationRecord | undefined): void {
  if (record && !agent.sites.has(record.siteKey))
    refuse("not-found", "No such conversation", { field: "conversation" });
}

/** A colleague's message that the author has not seen stops theirs: look first. */
async function assertNothingUnseen(db: Db, record: ConversationRecord, agent: AgentActor, seen: number) {
  if (seen >= record.view.head.talk) return;
  const rows = await events.listAfter(db, record.key, events.STREAMS.talk, seen, 500);
  const unseen = rows.filter(
    (row) => row.type === "posted" && row.kind === events.KINDS.agent && row.author !== agent.key,
  );
  if (unseen.length === 0) return;
  refuse("stale", "Cannot post: a colleague has answered meanwhile", {
    events: unseen.map((row) => toEvent(row, record)),
  });
}

async function note(db: Db, ports: AgentCommandPorts, agent: AgentActor, command: Asked<"note">): Promise<Outcome> {
  const { id, text, mentions } = command;
  const before = await alreadyStored(db, agentWriter(agent), id, { type: "noted", text });
  assertStillTheirs(agent, before?.record);
  if (before) return { reply: { ok: true, event: before.event, again: true } };
  const record = await find(db, agent, command);
  const draft: Draft = { type: "noted", id, text, ...(mentions && { mentions }) };
  return store(db, ports, record, agent, [draft], "noted");
}

async function assign(db: Db, ports: AgentCommandPorts, agent: AgentActor, command: Asked<"assign">): Promise<Outcome> {
  const record = await find(db, agent, command);
  const now = record.view.assignee?.id ?? null;
  if (now !== command.was) {
    // D13: of two claims that saw the same chair empty, one finds it taken.
    const taken = await lastOf(db, record, "assigned", "desk");
    refuse("stale", "Cannot assign: somebody else did meanwhile", { ...(taken && { events: [taken] }) });
  }
  if (now === command.agent) return { reply: await again(db, record, "assigned", "desk") };
  if (command.agent === null) {
    return store(db, ports, record, agent, [{ type: "assigned", agent: null, agentKey: null }], "assigned");
  }
  const chosen = await ports.member(db, record.siteKey, command.agent);
  if (!chosen) return refuse("not-found", "Cannot assign: no such agent on this site", { field: "agent" });
  return store(db, ports, record, agent, bringIn(chosen), "assigned");
}

async function resolve(db: Db, ports: AgentCommandPorts, agent: AgentActor, command: Asked<"resolve">) {
  const record = await find(db, agent, command);
  if (record.view.status === "resolved") return { reply: await again(db, record, "resolved", "talk") };
  return store(db, ports, record, agent, ending(record, ports.clock.now()), "resolved");
}

async function reopen(db: Db, ports: AgentCommandPorts, agent: AgentActor, command: Asked<"reopen">) {
  const record = await find(db, agent, command);
  if (record.view.status === "open") return { reply: await again(db, record, "reopened", "talk") };
  if (record.view.status === "snoozed") return store(db, ports, record, agent, [{ type: "woken" }], "woken");
  if (await conversations.openOf(db, record.visitorKey)) {
    refuse("invalid", "Cannot reopen: the visitor has another conversation open", { field: "conversation" });
  }
  const draft: Draft = { type: "reopened", episode: record.view.episode + 1 };
  return store(db, ports, record, agent, [draft], "reopened");
}

async function snooze(db: Db, ports: AgentCommandPorts, agent: AgentActor, command: Asked<"snooze">) {
  const record = await find(db, agent, command);
  const until = Date.parse(command.until);
  if (until <= ports.clock.now()) refuse("invalid", "Cannot snooze: this time has passed", { field: "until" });
  if (record.view.status === "resolved")
    refuse("invalid", "Cannot snooze: the conversation is resolved", { field: "status" });
  if (record.view.snoozedUntil === toTime(until)) return { reply: await again(db, record, "snoozed", "desk") };
  return store(db, ports, record, agent, [{ type: "snoozed", until: toTime(until) }], "snoozed");
}

async function tag(db: Db, ports: AgentCommandPorts, agent: AgentActor, command: Asked<"tag">) {
  const record = await find(db, agent, command);
  const has = new Set(record.view.tags);
  const add = [...new Set(command.add)].filter((name) => !has.has(name));
  const remove = [...new Set(command.remove)].filter((name) => has.has(name) && !command.add?.includes(name));
  if (add.length === 0 && remove.length === 0) return { reply: await again(db, record, "tagged", "desk") };
  const draft: Draft = { type: "tagged", ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) };
  return store(db, ports, record, agent, [draft], "tagged");
}

/** Assignment for the agents, and for the visitor the person who joins. */
function bringIn(agent: AgentActor): Draft[] {
  const card = cardOf(agent);
  return [
    { type: "assigned", agent: card, agentKey: agent.key },
    { type: "joined", agent: card, agentKey: agent.key },
  ];
}

async function store(
  db: Db,
  { clock }: AgentCommandPorts,
  record: ConversationRecord,
  agent: AgentActor,
  drafts: Draft[],
  bears: Event["type"],
): Promise<Outcome> {
  const stored = await append(db, record, agentWriter(agent), clock.now(), drafts);
  const event = stored.find(({ type }) => type === bears);
  return { reply: { ok: true, ...(event && { event }), ...(stored.length > 1 && { events: stored }) }, record, stored };
}

async function find(db: Db, agent: AgentActor, { conversation }: { conversation: ConversationRecord["view"]["id"] }) {
  return findRecord(db, conversation, (record) => agent.sites.has(record.siteKey));
}

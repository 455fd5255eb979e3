import { expect, test } from "vitest";
import type { ConversationId, Event, EventId, Reply } from "../../protocol/index.ts";
import { check, type Evidence } from "./check.ts";
import { createHistory, type History } from "./history.ts";
import type { LogConversation, LogEvent } from "./log.ts";

/* The checker on a small story in which all is well, and on the same story with one thing wrong. */

const HERE = "c1" as ConversationId;
const AGENT = { id: "A", name: "a1" } as never;
type Drafts = [by: "visitor" | "agent" | "system", type: Event["type"], body: LogEvent["body"] & object, id?: string];

const TALK: Drafts[] = [
  ["visitor", "posted", { text: "v1 says 00000001" }, "m1"],
  ["agent", "joined", { agent: AGENT }],
  ["agent", "posted", { text: "a1 says 00000002" }, "m2"],
  ["agent", "edited", { target: 3, text: "a1 says 00000003" }],
  ["agent", "posted", { text: "a1 says 00000005" }, "m5"],
  ["agent", "edited", { target: 5, text: "a1 says 00000006" }],
  ["agent", "redacted", { target: 5 }],
];
const DESK: Drafts[] = [
  ["agent", "assigned", { agent: AGENT }],
  ["agent", "noted", { text: "a1 says 00000004 aside" }, "m4"],
];

test("a story in which all is well breaks no rule", () => {
  expect(check(story().evidence)).toEqual([]);
});

test.each<[wrong: string, rule: string, change: (story: Story) => void]>([
  ["an edit was acknowledged and the log says something else", "D1", ({ talk }) => put(talk, 4, { text: "Other" })],
  ["an edit that nobody asked for stands in the log", "D9", ({ talk }) => put(talk, 4, { text: "a1 says 00000099" })],
  ["somebody changed what another one wrote", "D9", ({ talk }) => put(talk, 4, { target: 1 })],
  [
    "the words of a message that was taken back stand in the log",
    "D9",
    ({ talk }) => set(talk, 5, { text: "a1 says 00000005" }),
  ],
  ["an edit of it still has words", "D9", ({ talk }) => put(talk, 6, { text: "a1 says 00000006" })],
  [
    "the words of a message are gone, and nobody took it back",
    "D1",
    ({ talk }) => put(talk, 3, { text: "", gone: true }),
  ],
  [
    "a table has the words of a message that was taken back",
    "D9",
    ({ texts }) => texts.push({ table: "learned", text: "a1 says 00000005" }),
  ],
  [
    "a search finds what was taken back",
    "D9",
    ({ searches }) => searches.push({ site: "S", number: "00000006", found: [HERE] }),
  ],
  [
    "a search does not find what an edit left",
    "D7",
    ({ searches }) => searches.push({ site: "S", number: "00000003", found: [] }),
  ],
  ["a view shows words that an edit changed", "D11", ({ view }) => Object.assign(view[3] as Event, { target: 1 })],
  [
    "somebody was sent another text than the log has",
    "D4",
    ({ history, view }) => history.hear("v1", { ...view[3], text: "Other" } as Event),
  ],
  [
    "a visitor was told the words of a note",
    "D12",
    ({ history }) => history.hearsay.listen("v1", "a1 says 00000004 aside"),
  ],
  ["a stranger was told anything at all", "D12", ({ history }) => history.hearsay.listen("r1", "v1 says 00000001")],
  [
    "somebody was told words that were never stored",
    "D9",
    ({ history }) => history.hearsay.listen("a1", "v1 says 00000077"),
  ],
  [
    "a row names as the newest what was taken back",
    "D11",
    ({ row }) => row({ latest: { seq: 5, text: "a1 says 00000006" } }),
  ],
  ["a row stands beyond the log", "D1", ({ row }) => row({ head: { talk: 8, desk: 2 } })],
  ["a conversation was told to be resolved that is open", "D11", ({ row }) => row({ status: "resolved" })],
  ["a mark was told that the log does not have", "D10", ({ row }) => row({ read: { visitor: 0, agents: 7 } })],
  ["a mark is beyond the head", "D10", ({ conversation }) => Object.assign(conversation.read, { visitor: 9 })],
  ["somebody is told to type who does not", "D9", ({ history }) => history.hearsay.pulsed("a1", typing(HERE))],
  [
    "an end is not asked about",
    "contract",
    ({ talk }) => talk.push(eventOf("talk", ["agent", "resolved", { episode: 1 }], 7)),
  ],
])("it is found where %s", (_, rule, change) => {
  const broken = story();
  change(broken);
  expect(check(broken.evidence).map((violation) => violation.rule)).toContain(rule);
});

test("D6 an edit that was acknowledged before a message was sent stands before it", () => {
  const { talk, evidence } = story();
  const [edited, posted] = talk.slice(3, 5) as [LogEvent, LogEvent];
  talk.splice(3, 2, { ...posted, seq: 4 }, { ...edited, seq: 5 });
  expect(check(evidence).map(({ rule }) => rule)).toContain("D6");
});

test("D7 an answer that was asked for after a message was taken back has none of its words", () => {
  const { history, evidence } = story();
  const event = { conversation: HERE, stream: "talk", seq: 5, type: "posted", text: "a1 says 00000005" };
  say(history, "v1", { type: "sync", conversation: HERE, after: 4 }, {
    ok: true,
    events: [event],
    head: 7,
    more: true,
  } as never);
  expect(check(evidence).map(({ rule, says }) => `${rule} ${says}`)).toContainEqual(
    expect.stringMatching(/^D7 v1: was told what had been taken back before/),
  );
});

test("a note stands where it stood, whatever was taken back under the same number of the talk", () => {
  const history = createHistory();
  const text = "a1 says 00000009";
  history.write({ person: "a1", id: "m9" as EventId, type: "note", text, conversation: HERE });
  const note = { conversation: HERE, stream: "desk", seq: 5, type: "noted", text };
  say(history, "a1", { type: "note", conversation: HERE, id: "m9", text }, { ok: true, event: note } as never);
  const taken = { conversation: HERE, stream: "talk", seq: 7, type: "redacted", target: 5 };
  say(history, "a1", { type: "redact", conversation: HERE, target: 5 }, { ok: true, event: taken } as never);
  say(history, "a1", { type: "open", conversation: HERE }, { ok: true, events: [note] } as never);
  expect(history.doubts).toEqual([]);
});

test("D1 a rating that was acknowledged is the one that was given, and lies so in the log", () => {
  const rated = (solved: boolean): Drafts => ["visitor", "rated", { episode: 1, solved }];
  const rate = (acknowledged: boolean, stored: boolean) => {
    const { history, talk, evidence } = story();
    talk.push(eventOf("talk", rated(stored), 7));
    const event = wireOf("talk")(rated(acknowledged), 7);
    say(history, "v1", { type: "rate", conversation: HERE, episode: 1, solved: true }, { ok: true, event });
    return check(evidence).filter(({ rule }) => rule === "D1");
  };
  expect(rate(true, true)).toEqual([]);
  expect(rate(false, false)).toHaveLength(1);
  expect(rate(true, false)).toHaveLength(1);
});

interface Story {
  evidence: Evidence;
  history: History;
  conversation: LogConversation;
  talk: LogEvent[];
  /** What the visitor's page shows. */
  view: Event[];
  texts: { table: string; text: string }[];
  searches: { site: string; number: string; found: string[] }[];
  /** The agent is told how the conversation stands. */
  row(otherwise: object): void;
}

function story(): Story {
  const history = createHistory();
  const sent = { talk: TALK.map(wireOf("talk")), desk: DESK.map(wireOf("desk")) };
  const at = (stream: "talk" | "desk", seq: number) => ({ ok: true, event: sent[stream][seq - 1] }) as never;
  const write = (
    person: string,
    id: string,
    type: "post" | "note",
    text: string,
    stream: "talk" | "desk",
    seq: number,
  ) => {
    history.write({ person, id: id as EventId, type, text, conversation: HERE });
    say(history, person, { type, conversation: HERE, id, text }, at(stream, seq));
  };
  write("v1", "m1", "post", "v1 says 00000001", "talk", 1);
  write("a1", "m2", "post", "a1 says 00000002", "talk", 3);
  say(history, "a1", { type: "edit", conversation: HERE, target: 3, text: "a1 says 00000003" }, at("talk", 4));
  write("a1", "m4", "note", "a1 says 00000004 aside", "desk", 2);
  write("a1", "m5", "post", "a1 says 00000005", "talk", 5);
  say(history, "a1", { type: "edit", conversation: HERE, target: 5, text: "a1 says 00000006" }, at("talk", 6));
  say(history, "a1", { type: "redact", conversation: HERE, target: 5 }, at("talk", 7));
  for (const event of sent.talk) for (const person of ["v1", "a1"]) history.hear(person, event);
  for (const event of sent.desk) history.hear("a1", event);
  for (const person of ["v1", "a1"]) history.hearsay.listen(person, JSON.stringify(sent.talk));

  const talk = TALK.map((draft, index) => eventOf("talk", draft, index));
  const desk = DESK.map((draft, index) => eventOf("desk", draft, index));
  set(talk, 5, { text: "", gone: true });
  put(talk, 6, { text: "" });
  const head = { talk: talk.length, desk: desk.length };
  const read = { visitor: 3, agents: 1 };
  const conversation: LogConversation = { id: HERE, site: "S", visitor: "V", head, read, talk, desk };
  const row = (otherwise: object) =>
    history.hearsay.saw("a1", "agent", {
      id: HERE,
      status: "open",
      episode: 1,
      assignee: AGENT,
      tags: [],
      head,
      read,
      latest: { seq: 5, text: "" },
      subject: "v1 says 00000001",
      ...otherwise,
    } as never);
  row({});
  const view = structuredClone(sent.talk);
  const views = (shown: object) => ({ up: true, pushes: { places: () => [] }, views: new Map([[HERE, shown]]) });
  const texts: Story["texts"] = [{ table: "event", text: "v1 says 00000001" }];
  const searches: Story["searches"] = [
    { site: "S", number: "00000003", found: [HERE] },
    { site: "S", number: "00000005", found: [] },
  ];
  const evidence = {
    history,
    log: { epoch: "1", integrity: "ok", conversations: new Map([[HERE, conversation]]) },
    visitors: [{ name: "v1", ids: new Set(["V"]), unsent: [], tabs: [views({ talk: view, desk: [] })] }],
    agents: [
      {
        name: "a1",
        as: { id: "A", site: { id: "S" } },
        open: new Set([HERE]),
        takenBack: new Set(["m5"]),
        connection: views(structuredClone(sent)),
      },
    ],
    texts,
    searches,
    restored: false,
  } as unknown as Evidence;
  return { evidence, history, conversation, talk, view, texts, searches, row };
}

function say(history: History, person: string, command: object, reply: Reply): void {
  history.settle(history.invoke(person, command as never), reply);
}

function wireOf(stream: "talk" | "desk") {
  return (draft: Drafts, index: number): Event => {
    const { seq, id, kind, type, body } = eventOf(stream, draft, index);
    const by = { kind, ...(kind === "agent" && { id: "A" }), ...(kind === "visitor" && { id: "V" }) };
    return { conversation: HERE, stream, seq, id, at: "", by, type, ...body } as unknown as Event;
  };
}

function eventOf(stream: string, [kind, type, body, id]: Drafts, index: number): LogEvent {
  const agent = kind === "agent" ? "A" : undefined;
  return { seq: index + 1, id: (id ?? `${stream}${index + 1}`) as EventId, kind, agent, type, body: { ...body } };
}

function put(talk: LogEvent[], seq: number, body: LogEvent["body"]): void {
  set(talk, seq, { ...talk[seq - 1]?.body, ...body });
}

function set(talk: LogEvent[], seq: number, body: LogEvent["body"]): void {
  Object.assign(talk[seq - 1] as LogEvent, { body });
}

function typing(conversation: ConversationId) {
  return { type: "typing", conversation, by: { kind: "visitor", id: "V" }, on: true } as never;
}

import { type Signal, signal } from "@preact/signals";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import type { AgentCommand } from "../../protocol/command.ts";
import type { Conversation } from "../../protocol/conversation.ts";
import type { ConversationId, SiteId } from "../../protocol/ids.ts";
import { conversation, createFakeLine, type FakeLine, hello, MARA, SITE, settled, TOMAS } from "../fake-line.ts";
import type { Call } from "../ports.ts";
import { createInbox } from "./inbox.ts";
import { createRing } from "./ring.ts";
import type { Route } from "./routes.ts";

const ONE = "01976d80-0000-7000-8000-000000000101" as ConversationId;
const TWO = "01976d80-0000-7000-8000-000000000102" as ConversationId;
const OTHER_SITE = "01976d80-0000-7000-8000-000000000103" as SiteId;
const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, "0")}:00.000Z`;

let line: FakeLine;
let route: Signal<Route>;
let away: Signal<boolean>;
let sound: Signal<boolean>;
let notices: Signal<boolean>;
/** What the server lists, from now on. */
let listed: Conversation[];
let looked: boolean;
/** Each time that the bell was used: rung, or taken without a sound. */
let rung: ("rung" | "silent")[];
let shown: NonNullable<Call["notice"]>[];

/** The console is opened at ten past. */
beforeEach(async () => {
  line = createFakeLine();
  listed = [conversation({ id: TWO, waitingSince: at(5) })];
  line.answer = (command: AgentCommand) => (command.type === "inbox" ? { ok: true, rows: listed } : { ok: true });
  route = signal<Route>({ page: "inbox", view: "waiting" });
  [away, sound, notices] = [signal(false), signal(true), signal(true)];
  looked = false;
  rung = [];
  shown = [];
  const router = { route, go: (next: Route) => (route.value = next), dispose() {} } as never;
  const session = { site: signal(SITE), agent: signal(MARA), live: signal(true) } as never;
  const inbox = createInbox(line.link, router, session);
  const bell = {
    looked: () => looked,
    strike() {},
    allowed: async () => true,
    call({ silent, sound, notice }: Call) {
      if (sound) rung.push(silent ? "silent" : "rung");
      if (notice) shown.push(notice);
      return () => {
        shown = shown.filter((one) => one !== notice);
      };
    },
  };
  const clock = { read: () => Date.parse(at(10)) } as never;
  const preferences = { away, sound, notices } as never;
  const ring = createRing(inbox, router, session, preferences, clock, bell, (row) => row.visitor?.name ?? "Visitor");
  onTestFinished(() => {
    ring.dispose();
    inbox.dispose();
  });
  await settled();
});

let talk = 0;
function tell(change: Partial<Conversation>) {
  talk += 1;
  line.tell("pulse", { type: "row", row: conversation({ id: ONE, head: { talk, desk: 0 }, ...change }) });
}
const latest = { by: "visitor", text: "Is anybody there?", at: at(11), seq: 1 } as const;

it("rings once for each wait that begins, and says who waits and what they wrote", () => {
  expect(rung).toEqual([]);
  tell({ waitingSince: at(11), latest });
  expect(rung).toEqual(["rung"]);
  expect(shown).toMatchObject([{ title: "Priya Raman", text: "Is anybody there?" }]);
  tell({ waitingSince: at(11), latest: { ...latest, text: "Hello?", seq: 2 } });
  tell({ waitingSince: at(11), tags: ["late"] });
  expect(rung).toEqual(["rung"]);
  // Answered: there is nothing to be told any more. The next question is another wait.
  tell({});
  expect(shown).toEqual([]);
  tell({ waitingSince: at(14) });
  expect(rung).toEqual(["rung", "rung"]);
});

it("rings for one's own visitor and not for a colleague's", () => {
  tell({ waitingSince: at(11), assignee: TOMAS });
  expect(rung).toEqual([]);
  tell({ id: TWO, waitingSince: at(12), assignee: MARA });
  expect(rung).toEqual(["rung"]);
});

it("rings for another site's visitor, whoever waited there before the console was opened", () => {
  tell({ site: OTHER_SITE, waitingSince: at(2), tags: ["late"] });
  expect(rung).toEqual([]);
  tell({ id: TWO, site: OTHER_SITE, waitingSince: at(12) });
  expect(rung).toEqual(["rung"]);
});

it("takes the notice away where a colleague has taken the conversation", () => {
  tell({ waitingSince: at(11) });
  expect(shown).toHaveLength(1);
  tell({ waitingSince: at(11), assignee: TOMAS });
  expect(shown).toEqual([]);
});

it("tells once that a conversation has become one's own, whoever waits in it", () => {
  tell({ updatedAt: at(11), assignee: TOMAS });
  expect(rung).toEqual([]);
  tell({ updatedAt: at(12), assignee: MARA });
  expect([rung, shown.length]).toEqual([["rung"], 1]);
  tell({ updatedAt: at(13), assignee: MARA, tags: ["late"] });
  expect(rung).toEqual(["rung"]);
  // What was hers already is no news.
  tell({ id: TWO, updatedAt: at(4), assignee: MARA });
  expect(rung).toEqual(["rung"]);
  // Nor what she has just claimed herself.
  looked = true;
  route.value = { page: "inbox", view: "waiting", conversation: TWO };
  tell({ id: TWO, updatedAt: at(14), assignee: TOMAS });
  tell({ id: TWO, updatedAt: at(15), assignee: MARA });
  expect(rung).toEqual(["rung", "silent"]);
});

it("leads to the conversation", () => {
  tell({ waitingSince: at(11) });
  shown[0]?.pressed();
  expect(route.value).toEqual({ page: "inbox", view: "waiting", conversation: ONE });
});

it("tells who looks at the console by sound alone, and who looks at that conversation not at all", () => {
  looked = true;
  tell({ waitingSince: at(11) });
  expect([rung, shown]).toEqual([["rung"], []]);
  route.value = { page: "inbox", view: "mine", conversation: TWO };
  tell({ id: TWO, waitingSince: at(12) });
  expect([rung, shown]).toEqual([["rung", "silent"], []]);
});

it("is silent for who wants silence, and for who is away", () => {
  sound.value = false;
  tell({ waitingSince: at(11) });
  expect([rung, shown.length]).toEqual([[], 1]);
  notices.value = false;
  sound.value = true;
  tell({ waitingSince: at(12) });
  expect([rung, shown.length]).toEqual([["rung"], 0]);
  notices.value = true;
  away.value = true;
  tell({ id: TWO, waitingSince: at(13) });
  expect([rung, shown.length]).toEqual([["rung"], 0]);
  // What began meanwhile is no news when they are back.
  away.value = false;
  tell({ id: TWO, waitingSince: at(13), tags: ["late"] });
  expect([rung, shown.length]).toEqual([["rung"], 0]);
});

it("rings for who began to wait while the line was down", async () => {
  listed = [...listed, conversation({ id: ONE, waitingSince: at(20) })];
  line.tell("hello", hello());
  await settled();
  expect(rung).toEqual(["rung"]);
});

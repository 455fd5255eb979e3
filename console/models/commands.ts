import type { Sentences } from "../sentences/sentences.ts";
import type { Actions } from "./actions.ts";
import type { Composer } from "./composer.ts";
import type { AnswerOnce } from "./knowledge-drafts.ts";
import type { Overlays } from "./overlays.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";
import type { Threads } from "./threads.ts";

export type CommandId =
  | "next"
  | "previous"
  | "reply"
  | "note"
  | "send"
  | "resolve"
  | "resolveAndNext"
  | "reopen"
  | "draftArticle"
  | "assign"
  | "take"
  | "tag"
  | "snooze"
  | "palette"
  | "keys"
  | "inbox"
  | "knowledge"
  | "newArticle"
  | "settings"
  | "profile"
  | "signOut";

export interface Command {
  readonly id: CommandId;
  readonly group: "conversation" | "go";
  /** As printed; `Mod` is ⌘ or Ctrl. */
  readonly keys?: readonly string[];
  /** The single key that runs it outside of fields; a sequence is written with a space. */
  readonly key?: string;
  when(): boolean;
  run(): void;
}

/** Everything that can be done with a key or from the palette: one table for both, and for the sheet of keys. */
export function createCommands(
  session: Session,
  router: Router,
  threads: Threads,
  composer: Composer,
  actions: Actions,
  overlays: Overlays,
  answerOnce: Pick<AnswerOnce, "ready" | "draft">,
): readonly Command[] {
  const status = () => threads.current.value?.conversation.value?.status;
  const inInbox = () => router.route.value.page === "inbox";
  const opened = () => status() !== undefined;
  const unresolved = () => opened() && status() !== "resolved";
  const always = () => true;
  const conversation = "conversation";
  return [
    { id: "resolve", group: conversation, key: "e", keys: ["E"], when: unresolved, run: () => void actions.resolve() },
    {
      id: "resolveAndNext",
      group: conversation,
      key: "E",
      keys: ["Shift", "E"],
      when: unresolved,
      run: () => void actions.resolveAndNext(),
    },
    {
      id: "reopen",
      group: conversation,
      when: () => opened() && status() !== "open",
      run: () => void actions.reopen(),
    },
    {
      id: "draftArticle",
      group: conversation,
      key: "w",
      keys: ["W"],
      when: answerOnce.ready,
      run: () => void answerOnce.draft(),
    },
    { id: "reply", group: conversation, key: "r", keys: ["R"], when: opened, run: () => composer.setMode("reply") },
    { id: "note", group: conversation, key: "n", keys: ["N"], when: opened, run: () => composer.setMode("note") },
    { id: "assign", group: conversation, key: "a", keys: ["A"], when: opened, run: () => overlays.show("assign") },
    {
      id: "take",
      group: conversation,
      when: () => opened() && threads.current.value?.conversation.value?.assignee?.id !== session.agent.value?.id,
      run: () => void actions.assign(session.agent.peek()?.id ?? null),
    },
    { id: "tag", group: conversation, key: "t", keys: ["T"], when: opened, run: () => overlays.show("tag") },
    { id: "snooze", group: conversation, key: "z", keys: ["Z"], when: unresolved, run: () => overlays.show("snooze") },
    { id: "next", group: conversation, key: "j", keys: ["J"], when: inInbox, run: () => void actions.step(1) },
    { id: "previous", group: conversation, key: "k", keys: ["K"], when: inInbox, run: () => void actions.step(-1) },
    // Its key belongs to the field it sends from.
    { id: "send", group: conversation, keys: ["Mod", "Enter"], when: () => composer.ready.value, run: composer.send },
    { id: "palette", group: "go", keys: ["Mod", "K"], when: always, run: () => overlays.show("palette") },
    { id: "keys", group: "go", key: "?", keys: ["?"], when: always, run: () => overlays.show("keys") },
    {
      id: "inbox",
      group: "go",
      key: "g i",
      keys: ["G", "I"],
      when: always,
      run: () => router.go({ page: "inbox", view: "waiting" }),
    },
    {
      id: "knowledge",
      group: "go",
      key: "g k",
      keys: ["G", "K"],
      when: always,
      run: () => router.go({ page: "knowledge" }),
    },
    { id: "newArticle", group: "go", when: always, run: () => router.go({ page: "knowledge", article: "new" }) },
    {
      id: "settings",
      group: "go",
      key: "g s",
      keys: ["G", "S"],
      when: always,
      run: () => router.go({ page: "settings", section: "install" }),
    },
    { id: "profile", group: "go", when: always, run: () => router.go({ page: "settings", section: "profile" }) },
    { id: "signOut", group: "go", when: always, run: () => void session.signOut() },
  ];
}

/** How a command is called. */
export function titleOf(id: CommandId, t: Sentences): string {
  return t.commands[id];
}

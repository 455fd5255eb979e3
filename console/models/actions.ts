import type { AgentCommand } from "../../protocol/command.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { AgentId } from "../../protocol/ids.ts";
import type { Link } from "../../protocol/link.ts";
import { saidOf } from "../sentences/faults.ts";
import type { Inbox } from "./inbox.ts";
import type { Outbox } from "./outbox.ts";
import type { Overlays } from "./overlays.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";
import type { Threads } from "./threads.ts";
import type { Toasts } from "./toasts.ts";

/** What an agent does to the open conversation, besides writing. */
export interface Actions {
  /** `was` is whose it was when they were asked; without it, whose it is now. */
  assign(agent: string | null, was?: string | null): Promise<void>;
  tag(change: { readonly add?: readonly string[]; readonly remove?: readonly string[] }): Promise<void>;
  snooze(until: Date): Promise<void>;
  resolve(): Promise<void>;
  resolveAndNext(): Promise<void>;
  reopen(): Promise<void>;
  edit(target: number, text: string): Promise<boolean>;
  redact(target: number): Promise<void>;
  read(): void;
  /** Opens the next (1) or previous (-1) row of the list. */
  step(by: 1 | -1): Promise<void>;
}

export function createActions(
  link: Link<AgentCommand, AgentHello>,
  router: Router,
  session: Session,
  threads: Threads,
  inbox: Inbox,
  outbox: Pick<Outbox, "tookBack">,
  overlays: Overlays,
  toasts: Toasts,
): Actions {
  const current = () => threads.current.peek()?.conversation.peek();

  async function run(command: AgentCommand): Promise<boolean> {
    overlays.close();
    const reply = await link.send(command);
    if (reply.ok) {
      const events = reply.events ?? (reply.event ? [reply.event] : []);
      if ("conversation" in command) threads.of(command.conversation).hear(...events);
      return true;
    }
    refused(reply.fault, command);
    return false;
  }

  function refused(fault: Fault, command: AgentCommand) {
    const again = { say: (t: { tryAgain: string }) => t.tryAgain, run: () => void run(command) };
    if (fault.code === "stale" && command.type === "assign") {
      threads.of(command.conversation).hear(...(fault.events ?? []));
      const assigned = fault.events?.findLast((event) => event.type === "assigned");
      const name = assigned?.type === "assigned" ? assigned.agent?.name : undefined;
      // Without the events of the other claim the snapshot tells who holds it.
      void threads.of(command.conversation).open();
      toasts.show((t) => t.takenBy(name));
    } else if (fault.retry === "after") toasts.show((t) => t.notDone, again);
    else toasts.show((t) => saidOf(fault, t, t.refused));
  }

  return {
    async assign(agent, was = current()?.assignee?.id ?? null) {
      const conversation = current();
      if (!conversation) return;
      const people = { agent: agent as AgentId | null, was: was as AgentId | null };
      await run({ type: "assign", conversation: conversation.id, ...people });
    },
    async tag({ add = [], remove = [] }) {
      const conversation = current();
      if (!conversation || add.length + remove.length === 0) return;
      await run({
        type: "tag",
        conversation: conversation.id,
        ...(add.length > 0 && { add: [...add] }),
        ...(remove.length > 0 && { remove: [...remove] }),
      });
    },
    async snooze(until) {
      const conversation = current();
      if (!conversation) return;
      if (await run({ type: "snooze", conversation: conversation.id, until: until.toISOString() }))
        toasts.show((t) => t.snoozedUntil(until));
    },
    async resolve() {
      const conversation = current();
      if (conversation && conversation.status !== "resolved")
        await run({ type: "resolve", conversation: conversation.id });
    },
    async resolveAndNext() {
      const conversation = current();
      // Asked first: once it is resolved it has left the list.
      const next = inbox.beside(1) ?? inbox.beside(-1);
      if (!conversation || conversation.status === "resolved") return;
      if (!(await run({ type: "resolve", conversation: conversation.id }))) return;
      const { view } = inbox;
      router.go({
        page: "inbox",
        view: view.peek(),
        ...(next && next.id !== conversation.id && { conversation: next.id }),
      });
    },
    async reopen() {
      const conversation = current();
      if (conversation) await run({ type: "reopen", conversation: conversation.id });
    },
    async edit(target, text) {
      const conversation = current();
      return conversation ? run({ type: "edit", conversation: conversation.id, target, text }) : false;
    },
    async redact(target) {
      const conversation = current();
      if (!conversation || !(await run({ type: "redact", conversation: conversation.id, target }))) return;
      outbox.tookBack(conversation.id, target);
    },
    read() {
      const conversation = current();
      if (!conversation || !session.live.peek()) return;
      const { talk } = conversation.head;
      if (talk <= conversation.read.agents) return;
      threads.of(conversation.id).marked({ agents: talk });
      void link.send({ type: "read", conversation: conversation.id, seq: talk });
    },
    async step(by) {
      // Behind the last one that was fetched come others.
      if (by > 0 && !inbox.beside(by) && inbox.more.peek()) await inbox.fetchMore();
      const row = inbox.beside(by);
      if (row) router.go({ page: "inbox", view: inbox.view.peek(), conversation: row.id });
    },
  };
}

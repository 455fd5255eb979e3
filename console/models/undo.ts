import type { AgentCommand } from "../../protocol/command.ts";
import type { Event } from "../../protocol/event.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { Link } from "../../protocol/link.ts";
import { givenName } from "../../ui/initials.ts";
import { plainName } from "../plain-name.ts";
import { saidOf } from "../sentences/faults.ts";
import type { Composer } from "./composer.ts";
import type { Outbox, Pending } from "./outbox.ts";
import type { Threads } from "./threads.ts";
import type { Toast, Toasts } from "./toasts.ts";
import type { Uploads } from "./uploads.ts";

/** For so long a reply can be taken back by one press. */
const UNDO_MS = 5_000;

export interface Undo {
  /** Takes the last reply back, where that is still offered. Returns whether it is. */
  run(): boolean;
}

/**
 * Offers each reply back once it is acknowledged (D15): it is removed for everybody, and its words and files return to the field.
 * No reply waits for that: in a chat every line would come five seconds late.
 */
export function createUndo(
  link: Link<AgentCommand, AgentHello>,
  threads: Pick<Threads, "of">,
  outbox: Pick<Outbox, "onSent" | "tookBack">,
  composer: Pick<Composer, "giveBack">,
  uploads: Pick<Uploads, "anew" | "forget">,
  toasts: Toasts,
): Undo {
  let offer: { readonly toast: number; readonly one: Pending; run(): void } | undefined;

  async function takeBack(one: Pending, { conversation, seq }: Event) {
    const reply = await link.send({ type: "redact", conversation, target: seq });
    if (!reply.ok) {
      const { fault } = reply;
      toasts.show((t) => (fault.retry === "after" ? t.notDone : saidOf(fault, t, t.refused)));
      return;
    }
    if (reply.event) threads.of(conversation).hear(reply.event);
    outbox.tookBack(conversation, seq);
    composer.giveBack({ ...one, files: [] });
    // The stored ones went with the message, so that nobody who heard it can fetch them.
    const lost = uploads.anew(conversation, one.files ?? []);
    if (lost.length > 0) toasts.show((t) => t.attachAgain(lost));
  }

  outbox.onSent((one, events) => {
    const event = events.find(({ id }) => (id as string) === one.command.id);
    if (event?.type !== "posted") return;
    if (offer) {
      toasts.close(offer.toast);
      uploads.forget(offer.one.files ?? []);
    }
    const name = plainName(threads.of(event.conversation).conversation.peek()?.visitor?.name);
    const run = () => void takeBack(one, event);
    const sent: Toast["say"] = (t) => t.sentTo(name ? givenName(name) : t.visitor);
    offer = { one, toast: toasts.show(sent, { say: (t) => t.undo, run }, UNDO_MS), run };
  });

  return {
    run() {
      const now = offer;
      if (!now || !toasts.shown.peek().some(({ id }) => id === now.toast)) return false;
      toasts.close(now.toast);
      now.run();
      return true;
    },
  };
}

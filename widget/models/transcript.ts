import type { Fault } from "../../protocol/fault.ts";
import type { App } from "../app.ts";
import type { Desk } from "../desk.ts";
import { signal } from "../signals.ts";

export type Step = "sending" | "address" | "code" | "sent" | "failed";

/**
 * A conversation by mail: to the address that is proved already; else first a code goes to the one that the visitor
 * names, and what they read there proves it.
 */
export function createTranscript({ config, storage, locale }: App, { session, thread }: Desk) {
  const conversation = thread.current.peek() ?? "";
  const step = signal<Step>("sending");
  const email = signal(session.visitor.peek()?.email ?? "");
  /** Which field was wrong. */
  const wrong = signal<"email" | "code" | undefined>(undefined);

  async function ask(path: string, json: object): Promise<Partial<Fault> & { email?: string }> {
    try {
      const response = await fetch(`${config.host}/api/widget/${config.options.site}${path}`, {
        method: "POST",
        credentials: "omit",
        headers: { "content-type": "application/json", authorization: `Bearer ${storage.get("token")}` },
        body: JSON.stringify({ ...json, locale: locale.peek() }),
      });
      const answer = await response.json();
      return response.ok ? answer : answer.fault;
    } catch {
      return { code: "unavailable" };
    }
  }

  async function send() {
    step.value = "sending";
    const { zone } = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    const answer = await ask(`/conversations/${conversation}/transcript`, { zone });
    if (answer.email) email.value = answer.email;
    step.value = answer.email ? "sent" : answer.field === "email" ? "address" : "failed";
  }

  return {
    step,
    email,
    wrong,
    send,
    async address(given: string) {
      email.value = given;
      const answer = await ask("/email/code", { email: given });
      wrong.value = answer.code === "invalid" ? "email" : undefined;
      if (!wrong.peek()) step.value = answer.email ? "code" : "failed";
    },
    async code(given: string) {
      const answer = await ask("/email/confirm", { code: given });
      wrong.value = answer.code === "invalid" ? "code" : undefined;
      if (answer.email) await send();
      else if (!wrong.peek()) step.value = "failed";
    },
  };
}

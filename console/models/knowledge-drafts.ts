import type { ConversationId } from "../../protocol/ids.ts";
import { lettersOf } from "../../ui/letters.ts";
import type { Http } from "../ports.ts";
import type { ArticleRow } from "../resources.ts";
import { saidOf } from "../sentences/faults.ts";
import type { Actions } from "./actions.ts";
import type { Router } from "./router.ts";
import type { Threads } from "./threads.ts";
import type { Toasts } from "./toasts.ts";

/** For so long after resolving, the key means the conversation that was just left. */
const OFFERED_MS = 6_000;
/** Fewer letters greet or thank: the server drafts nothing from them. */
const REPLY_LENGTH = 25;

/** Answer once: what an agent just explained becomes the draft of an article. */
export interface AnswerOnce {
  /** Whether agents answered the open conversation, or the one just resolved, in their own words. */
  ready(): boolean;
  draft(conversation?: ConversationId): Promise<void>;
  /** Actions which offer a draft after a conversation was resolved that no article answered. */
  beside(actions: Actions): Actions;
}

export function createAnswerOnce(http: Http, router: Router, threads: Threads, toasts: Toasts): AnswerOnce {
  let offered: { readonly id: ConversationId; readonly until: number; readonly toast?: number | undefined } | undefined;
  let drafting = false;
  const current = () => threads.current.peek()?.id;
  const meant = () => (offered && offered.until > Date.now() ? offered.id : current());

  /** Whether an agent explained something in its present episode, and sent no article there. */
  function explained(id: ConversationId): boolean {
    const { talk } = threads.of(id).log.peek();
    const posts = talk
      .slice(talk.findLastIndex(({ type }) => type === "reopened") + 1)
      .flatMap((event) => (event.type === "posted" && event.by.kind === "agent" ? [event] : []));
    return posts.some(({ text }) => lettersOf(text) >= REPLY_LENGTH) && !posts.some(({ article }) => article);
  }

  async function draft(id = meant()) {
    if (!id || drafting) return;
    if (offered?.toast !== undefined) toasts.close(offered.toast);
    offered = undefined;
    drafting = true;
    // Where it was drafted already, the server answers with that.
    const answer = await http<Pick<ArticleRow, "id">>("POST", `/api/conversations/${id}/article`, {});
    drafting = false;
    if (!answer.ok) return void toasts.show((t) => saidOf(answer.fault, t));
    router.go({ page: "knowledge", article: answer.value.id });
  }

  async function offering(resolve: () => Promise<void>) {
    const id = current();
    await resolve();
    if (!id || threads.of(id).conversation.peek()?.status !== "resolved" || !explained(id)) return;
    toasts.show((t) => t.noArticleAnswered, { say: (t) => t.writeItDown, run: () => void draft(id) });
    offered = { id, until: Date.now() + OFFERED_MS, toast: toasts.shown.peek().at(-1)?.id };
  }

  return {
    ready() {
      void threads.current.value?.log.value;
      const id = meant();
      return id !== undefined && explained(id);
    },
    draft,
    beside: (actions) => ({
      ...actions,
      resolve: () => offering(actions.resolve),
      resolveAndNext: () => offering(actions.resolveAndNext),
    }),
  };
}

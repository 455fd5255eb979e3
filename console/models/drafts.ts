import { type ReadonlySignal, signal } from "@preact/signals";
import type { FileCard } from "../../protocol/event.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Shelf } from "../ports.ts";
import type { Suggested } from "../resources.ts";
import { readJson } from "../shelf.ts";
import { DRAFT } from "./kept.ts";

export type WritingMode = "reply" | "note";

/** What was written to one conversation and not sent. A reply and a note are two texts: neither becomes the other. */
export interface Draft {
  readonly mode: WritingMode;
  readonly reply: string;
  readonly note: string;
  readonly article?: Suggested;
  /** Uploaded, for the reply. */
  readonly files?: readonly FileCard[];
}

export const EMPTY_DRAFT: Draft = { mode: "reply", reply: "", note: "" };

export interface Drafts {
  of(conversation: ConversationId): ReadonlySignal<Draft>;
  set(conversation: ConversationId, draft: Draft): void;
}

/** Drafts survive a reload (D15), on the agent's own shelf. */
export function createDrafts(shelf: Shelf): Drafts {
  const drafts = new Map<ConversationId, ReturnType<typeof signal<Draft>>>();

  function of(conversation: ConversationId) {
    let draft = drafts.get(conversation);
    if (!draft) {
      draft = signal<Draft>({ ...EMPTY_DRAFT, ...readJson<Draft>(shelf, DRAFT + conversation) });
      drafts.set(conversation, draft);
    }
    return draft as ReturnType<typeof signal<Draft>> & { value: Draft };
  }

  return {
    of: of as Drafts["of"],
    set(conversation, draft) {
      of(conversation).value = draft;
      const empty = !draft.reply && !draft.note && !draft.article && !draft.files?.length;
      shelf.set(DRAFT + conversation, empty ? undefined : JSON.stringify(draft));
    },
  };
}

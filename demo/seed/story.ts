import type { Reason } from "../../protocol/event.ts";

/** The two people who answer in the demo. */
export type Who = "mara" | "tomas";

/** What happened in a conversation, `after` minutes from its beginning. Without `who` it was the visitor. */
export type Step = { after: number } & (
  | { says: string /** What was suggested before they wrote, by title. */; shown?: string[] }
  | { who: Who; says: string /** By title. */; article?: string }
  | { who: Who; notes: string; mentions?: Who[] }
  | { who: Who; tags: string[] }
  | { who: Who; assigns: Who | null }
  | { who: Who; snoozesFor: number }
  | { resolves: true; who?: Who }
  | { rates: { solved: boolean; rating?: number; reasons?: Reason[]; comment?: string } }
  | { reads: true; who?: Who }
);

export interface Story {
  visitor: {
    name?: string;
    email?: string;
    /** Signed by the shop, with this tier. */
    tier?: "Standard" | "Silver" | "Gold";
  };
  locale: "en" | "zh-Hans";
  /** Path and title on the shop. */
  page: [path: string, title: string];
  /** Minutes before now at which it began. */
  ago: number;
  steps: Step[];
}

export const HOUR = 60;
export const DAY = 24 * HOUR;

import type { View } from "../../protocol/command.ts";
import type { Conversation } from "../../protocol/conversation.ts";

/** Whether a conversation stands in a view, as the server sees it. */
export function belongs(row: Conversation, view: View, me: string | undefined): boolean {
  switch (view) {
    case "mine":
      return row.status === "open" && row.assignee?.id === me;
    case "unassigned":
      return row.status === "open" && row.assignee === undefined;
    case "waiting":
      return row.status === "open" && row.waitingSince !== undefined;
    case "open":
    case "snoozed":
    case "resolved":
      return row.status === view;
    case "all":
      return true;
    default:
      return view satisfies never;
  }
}

/** Longest wait first where people wait, else the newest change first. */
export function compare(view: View): (a: Conversation, b: Conversation) => number {
  if (view === "waiting")
    return (a, b) => order(a.waitingSince ?? a.updatedAt, b.waitingSince ?? b.updatedAt) || order(a.id, b.id);
  return (a, b) => order(b.updatedAt, a.updatedAt) || order(b.id, a.id);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

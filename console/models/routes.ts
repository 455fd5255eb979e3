import type { View } from "../../protocol/command.ts";
import type { ConversationId } from "../../protocol/ids.ts";

export const VIEWS = ["mine", "unassigned", "waiting", "open", "snoozed", "resolved", "all"] as const satisfies View[];
const SECTIONS = [
  "install",
  "appearance",
  "wording",
  "site",
  "hours",
  "mail",
  "replies",
  "people",
  "keys",
  "audit",
  "profile",
] as const;
export type Section = (typeof SECTIONS)[number];

export type Route =
  | { readonly page: "inbox"; readonly view: View; readonly conversation?: ConversationId }
  | { readonly page: "knowledge"; readonly article?: string }
  | { readonly page: "collections"; readonly collection?: string }
  | { readonly page: "settings"; readonly section: Section }
  | { readonly page: "sign-in" }
  | { readonly page: "setup" | "enter" | "invitation"; readonly token: string };

const BASE = "/console";
const START: Route = { page: "inbox", view: "waiting" };

/** What an address leads to. Any that leads nowhere leads to the inbox: an old bookmark is no reason to stop. */
export function routeOf(path: string, search = ""): Route {
  const [page, first, second] = path.slice(BASE.length).split("/").filter(Boolean).map(decodeURIComponent);
  const token = first ?? new URLSearchParams(search).get("token") ?? "";
  switch (page) {
    case "inbox": {
      const view = VIEWS.find((view) => view === first);
      if (!view) return START;
      return { page, view, ...(second && { conversation: second as ConversationId }) };
    }
    case "knowledge":
      return { page, ...(first && { article: first }) };
    case "collections":
      return { page, ...(first && { collection: first }) };
    case "settings":
      return { page, section: SECTIONS.find((section) => section === first) ?? "install" };
    case "setup":
    case "enter":
    case "invitation":
      return { page, token };
    case "sign-in":
      return { page };
    default:
      return START;
  }
}

export function pathOf(route: Route): string {
  const parts: (string | undefined)[] = [route.page];
  if (route.page === "inbox") parts.push(route.view, route.conversation);
  if (route.page === "knowledge") parts.push(route.article);
  if (route.page === "collections") parts.push(route.collection);
  if (route.page === "settings") parts.push(route.section);
  if ("token" in route) return `${BASE}/${route.page}?token=${encodeURIComponent(route.token)}`;
  return [BASE, ...parts.filter((part) => part !== undefined).map(encodeURIComponent)].join("/");
}

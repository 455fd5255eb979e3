import type { AgentCard, AgentId, Role, SiteId, VisitorCard, VisitorId } from "../../protocol/index.ts";

/** Whoever asks the desk for something has been recognised at the edge and comes as one of these. */
export interface AgentActor {
  readonly key: number;
  readonly id: AgentId;
  readonly kind: "person" | "key";
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly avatar?: string;
  /** Integer keys of the sites they answer for. */
  readonly sites: ReadonlySet<number>;
  /** The network address they ask from, where somebody may want to know. */
  readonly from?: string;
}

export interface VisitorActor {
  readonly key: number;
  readonly id: VisitorId;
  readonly site: { readonly key: number; readonly id: SiteId };
  readonly card: VisitorCard;
}

export function cardOf({ id, name, avatar }: AgentActor): AgentCard {
  return avatar === undefined ? { id, name } : { id, name, avatar };
}

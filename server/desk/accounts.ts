import type { Clock } from "../clock.ts";
import type { Store } from "../store/port.ts";
import { type Agents, createAgents } from "./agents.ts";
import { createRevocations } from "./revocations.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createSites, type Sites } from "./sites.ts";
import { createVisitors, type Visitors } from "./visitors.ts";

/** Who there is and what they may: the part of the desk that knows people. */
export interface Accounts {
  sites: Sites;
  visitors: Visitors;
  agents: Agents;
  sessions: Sessions;
}

export interface AccountsParts {
  store: Store;
  clock: Clock;
  /** Where this server itself is reached, once that is known. */
  home?: () => string | undefined;
}

export function createAccounts(parts: AccountsParts): Accounts {
  const revocations = createRevocations();
  return {
    sites: createSites(parts),
    visitors: createVisitors(parts),
    agents: createAgents({ ...parts, revocations }),
    sessions: createSessions({ ...parts, revocations }),
  };
}

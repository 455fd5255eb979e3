import type { Clock } from "../../clock.ts";
import type { Store } from "../../store/port.ts";
import type { Publish } from "../publish.ts";
import { createSightings, type Sightings } from "../sites/sightings.ts";
import { createSites, type Sites } from "../sites/sites.ts";
import { type Agents, createAgents } from "./agents.ts";
import { type Audit, createAudit } from "./audit.ts";
import { createDepartures, type Departures } from "./departures.ts";
import { createInvitations, type Invitations } from "./invitations.ts";
import { createKeys, type Keys } from "./keys.ts";
import { createPeople, type People } from "./people.ts";
import { createProfile, type Profile } from "./profile.ts";
import { createRevocations } from "./revocations.ts";
import { createSavedReplies, type SavedReplies } from "./saved-replies.ts";
import { createSessionList, type SessionList } from "./session-list.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createSetup, type Setup } from "./setup.ts";
import { createVisitors, type Visitors } from "./visitors.ts";

/** Who there is and what they may: the part of the desk that knows people. */
export interface Accounts {
  sites: Sites;
  visitors: Visitors;
  agents: Agents;
  sessions: Sessions;
  sessionList: SessionList;
  setup: Setup;
  people: People;
  invitations: Invitations;
  profile: Profile;
  keys: Keys;
  replies: SavedReplies;
  sightings: Sightings;
  departures: Departures;
  audit: Audit;
  /** Where this server itself is reached, once that is known. */
  home(): string | undefined;
}

export interface AccountsParts {
  store: Store;
  clock: Clock;
  /** Where this server itself is reached, once that is known. */
  home?: () => string | undefined;
  publish?: Pick<Publish, "stored">;
}

export function createAccounts(parts: AccountsParts): Accounts {
  const sites = createSites(parts);
  const within = { ...parts, sites, revocations: createRevocations() };
  return {
    home: parts.home ?? (() => undefined),
    sites,
    visitors: createVisitors(parts),
    agents: createAgents(within),
    sessions: createSessions(within),
    sessionList: createSessionList(within),
    setup: createSetup(within),
    people: createPeople(within),
    invitations: createInvitations(within),
    profile: createProfile(within),
    keys: createKeys(within),
    replies: createSavedReplies(within),
    sightings: createSightings(within),
    departures: createDepartures(within),
    audit: createAudit(within),
  };
}

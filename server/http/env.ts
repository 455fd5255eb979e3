import type { AgentActor } from "../desk/actors.ts";
import type { Site } from "../desk/sites/sites.ts";

/** What middleware leaves for the routes: `agent` behind `auth.ts`, `site` behind `widget-origin.ts`. */
export interface HttpEnv {
  Variables: { agent: AgentActor; site: Site };
}

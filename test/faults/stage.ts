import type { AgentId, SiteId, SiteKey } from "../../protocol/index.ts";
import { OWNER } from "./server-process.ts";

/* What stands on a fresh server before anybody comes: two sites, and keys for those who answer on them. */

export const SHOP = "https://shop.example";
export const CAFE = "https://cafe.example";

export interface StageSite {
  id: SiteId;
  key: SiteKey;
  origin: string;
}

export interface StageAgent {
  id: AgentId;
  token: string;
  site: StageSite;
}

export interface Stage {
  shop: StageSite;
  cafe: StageSite;
  agents: StageAgent[];
  /** The owner's session. */
  cookie: string;
}

/** Sets a fresh server up over HTTP. `agents` answer for the shop, one more for the café. */
export async function setUp(url: string, agents: number): Promise<Stage> {
  const signedIn = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(OWNER),
  });
  if (!signedIn.ok) throw new Error(`Not signed in: ${signedIn.status} ${await signedIn.text()}`);
  await signedIn.arrayBuffer();
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const make = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url, cookie },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const site = async (name: string, origin: string): Promise<StageSite> => {
    const { id, key } = await make<StageSite>("/api/sites", { name, origins: [origin] });
    return { id, key, origin };
  };
  const agent = async (name: string, at: StageSite): Promise<StageAgent> => {
    const { id, token } = await make<StageAgent>("/api/keys", { name, role: "agent", sites: [at.id] });
    return { id, token, site: at };
  };
  const shop = await site("Shop", SHOP);
  const cafe = await site("Café", CAFE);
  const made: StageAgent[] = [];
  for (let n = 1; n <= agents; n++) made.push(await agent(`a${n}`, shop));
  made.push(await agent("b1", cafe));
  return { shop, cafe, agents: made, cookie };
}

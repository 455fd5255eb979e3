import { timingSafeEqual } from "node:crypto";
import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import { countOwners, insertAgent } from "../../store/agents.ts";
import { mintSecret } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import { insertSite } from "../../store/sites.ts";
import { newSite, type Sites } from "../sites/sites.ts";
import { audit } from "./audit.ts";
import { hashPassword } from "./passwords.ts";
import { newAgent } from "./people.ts";
import type { SetUp } from "./person-input.ts";
import { hashSecret } from "./secrets.ts";

export interface Setup {
  /** Whether nobody owns this desk yet. */
  open(): Promise<boolean>;
  /**
   * For the start: makes the owner that the environment names, where there is none. While there is none, returns the
   * token that sets the desk up, for the log of the one who started the server: new at every start.
   */
  prepare(owner?: { email: string; password: string }): Promise<string | undefined>;
  /** Makes the owner and the first site, and returns the owner's key. `not-found` once there is an owner. */
  run(input: SetUp, from?: string): Promise<number>;
}

export interface SetupParts {
  store: Store;
  clock: Clock;
  sites: Sites;
}

export function createSetup({ store, clock, sites }: SetupParts): Setup {
  const token = mintSecret("su_");
  const open = async (db: Db) => (await countOwners(db)) === 0;
  const owner = async (db: Db, { email, password, name }: { email: string; password: string; name: string }) => {
    const role = "owner";
    const row = await insertAgent(db, { ...newAgent(clock.now()), kind: "person", email, name, role, password });
    return row.id;
  };

  return {
    open: () => store.read(open),
    async prepare(named) {
      if (!(await store.read(open))) return undefined;
      if (!named) return token;
      const password = await hashPassword(named.password);
      const [name = named.email] = named.email.split("@", 1);
      await store.write(async (db) => {
        if (await open(db)) await owner(db, { email: named.email.toLowerCase(), name, password });
      });
      return undefined;
    },
    async run({ setupToken, email, password, name, site }, from) {
      if (!(await store.read(open))) refuse("not-found", "This desk is set up already");
      if (!timingSafeEqual(hashSecret(setupToken), hashSecret(token))) {
        refuse("unauthorized", "Wrong set-up token: it stands in the server's log", { field: "setupToken" });
      }
      const hashed = await hashPassword(password);
      const key = await store.write(async (db) => {
        if (!(await open(db))) refuse("not-found", "This desk is set up already");
        await insertSite(db, newSite(site, clock.now()));
        const key = await owner(db, { email, name, password: hashed });
        const by = { key, ...(from !== undefined && { from }) };
        await audit(db, clock.now(), by, { action: "desk.set-up", name, after: { email, site: site.name } });
        return key;
      });
      sites.forget();
      return key;
    },
  };
}

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CAFE, HOME, SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { createLimits, type Limit, type Limits } from "../limits.ts";
import { updateAgent } from "../store/agents.ts";
import { mintId } from "../store/ids.ts";

/* Whoever has one address of a block of IPv6 has them all: limits count the block. */

let limits: Limits;
let desk: HttpDesk;
beforeEach(async () => {
  limits = createLimits(true);
  desk = await openHttpDesk({ limits });
});
afterEach(() => desk.close());

async function drain(limit: Limit, of = "2001:db8:1:2::/64") {
  for (let over = false; !over; )
    over = await limits.take(limit, of).then(
      () => false,
      () => true,
    );
}

/** What somebody at this address is answered. */
async function ask(address: string, path: string, init: RequestInit = {}) {
  const headers = { origin: SHOP, "content-type": "application/json", ...init.headers };
  const env = { incoming: { socket: { remoteAddress: address }, headers: {} } };
  return (await desk.app.request(path, { ...init, headers }, env)).status;
}

const NEIGHBOUR = "2001:db8:1:2:aaaa::1";
const ELSEWHERE = "2001:db8:1:3::1";
const AT_HOME = { origin: HOME };

describe("A block that has asked for too much waits, whichever of its addresses asks", () => {
  test("of anything", async () => {
    await drain("address");
    expect([await ask(NEIGHBOUR, "/api/session"), await ask(ELSEWHERE, "/api/session")]).toEqual([429, 401]);
  });

  test("and a site's page can read for how long, preflight and all", async () => {
    await drain("address");
    const env = { incoming: { socket: { remoteAddress: NEIGHBOUR }, headers: {} } };
    const asked = async (method: string, origin: string) => {
      const path = `/api/widget/${desk.shop.publicKey}/commands`;
      const { status, headers } = await desk.app.request(path, { method, headers: { origin } }, env);
      return [status, headers.get("access-control-allow-origin"), headers.get("retry-after")];
    };
    expect(await asked("OPTIONS", SHOP)).toEqual([204, SHOP, null]);
    expect(await asked("POST", SHOP)).toEqual([429, SHOP, expect.stringMatching(/^\d+$/)]);
    expect(await asked("POST", CAFE)).toEqual([429, null, expect.anything()]);
    expect(await asked("OPTIONS", CAFE)).toEqual([429, null, expect.anything()]);
  });

  test("as a new visitor", async () => {
    await drain("visitor");
    const come = (address: string) =>
      ask(address, `/api/widget/${desk.shop.publicKey}/visitors`, { method: "POST", body: "{}" });
    expect([await come(NEIGHBOUR), await come(ELSEWHERE)]).toEqual([429, 201]);
  });

  test.each([
    ["GET", "/api/widget/:key/suggest?q=boards", undefined, 200],
    ["POST", "/api/widget/:key/articles/none/verdict", { solved: true, session: "s" }, 404],
    ["POST", "/api/widget/:key/articles/none/reading", { q: "boards", session: "s" }, 404],
    ["GET", "/help/:key/en?q=boards", undefined, 200],
  ])("with a question: %s %s", async (method, path, body, usual) => {
    await drain("suggest");
    const question = (address: string) =>
      ask(address, path.replace(":key", desk.shop.publicKey), {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
    expect([await question(NEIGHBOUR), await question(ELSEWHERE)]).toEqual([429, usual]);
  });

  test.each(["post", "command"] as const)("with a %s over plain HTTP, each of several", async (kind) => {
    await drain(`${kind}-address`);
    const { token } = await desk.welcome();
    const post = { type: "post", conversation: mintId(), id: mintId(), text: "Hello" };
    const command = kind === "post" ? post : { type: "contact", name: "Vi" };
    const send = async (address: string, body: object) => {
      const env = { incoming: { socket: { remoteAddress: address }, headers: {} } };
      const headers = { origin: SHOP, "content-type": "application/json", authorization: `Bearer ${token}` };
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await desk.app.request(`/api/widget/${desk.shop.publicKey}/commands`, init, env);
      return (await answer.json()) as object;
    };
    const limited = { fault: { code: "limited" } };
    expect(await send(NEIGHBOUR, command)).toMatchObject(limited);
    expect(await send(NEIGHBOUR, { commands: [command] })).toMatchObject({ replies: [limited] });
    expect(await send(ELSEWHERE, command)).toMatchObject({ ok: true });
  });

  test("with an invitation, whichever it is", async () => {
    await drain("invitation");
    const look = (address: string) => ask(address, "/api/invitations/in_none");
    expect([await look(NEIGHBOUR), await look(ELSEWHERE)]).toEqual([429, 404]);
    const accept = (address: string) =>
      ask(address, "/api/invitations/in_none", {
        method: "POST",
        body: '{"password":"correct horse"}',
        headers: AT_HOME,
      });
    expect([await accept(NEIGHBOUR), await accept(ELSEWHERE)]).toEqual([429, 404]);
  });

  test("with a token that sets the desk up, while there is one", async () => {
    await desk.store.write((db) => updateAgent(db, desk.owner.actor.key, { removed_at: 1 }));
    await drain("setup");
    const guess = (address: string) => ask(address, "/api/setup", { method: "POST", body: "{}", headers: AT_HOME });
    expect([await guess(NEIGHBOUR), await guess(ELSEWHERE)]).toEqual([429, 400]);
  });

  test("and who sits at somebody's desk and guesses their password", async () => {
    await drain("sign-in-account", desk.owner.actor.id);
    const change = (body: object) =>
      ask(ELSEWHERE, "/api/session", {
        method: "PATCH",
        body: JSON.stringify(body),
        headers: { cookie: desk.owner.cookie, ...AT_HOME },
      });
    expect(await change({ current: "guess", password: "correct horse" })).toBe(429);
    expect(await change({ settings: {} })).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashPassword } from "../../server/desk/people/passwords.ts";
import { updateAgent } from "../../server/store/agents.ts";
import { mintId } from "../../server/store/ids.ts";
import { cookieOf, type Hired, openTarget, PASSWORD, type Target } from "./target.ts";

/* Whoever loses a right loses the line that it came by, within seconds. */

const GONE_WITHIN_MS = 5_000;

describe("A connection", () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  const causes: [string, (person: Hired) => Promise<unknown>][] = [
    ["they sign out", (one) => target.ask("DELETE", "/api/session", { as: one.cookie })],
    [
      "they end the session in their profile",
      async (one) => {
        const { body } = await target.ask("GET", "/api/sessions", { as: one.cookie });
        const current = body.items.find(({ current }) => current);
        return target.ask("DELETE", `/api/sessions/${current?.id}`, { as: one.cookie });
      },
    ],
    [
      "they sign out everywhere else",
      async (one) => {
        const body = { email: one.email, password: PASSWORD };
        const other = cookieOf(await target.ask("POST", "/api/session", { body }));
        return target.ask("DELETE", "/api/sessions", { as: other });
      },
    ],
    [
      "they change their password elsewhere",
      async (one) => {
        const body = { email: one.email, password: PASSWORD };
        const other = cookieOf(await target.ask("POST", "/api/session", { body }));
        return target.ask("PATCH", "/api/session", {
          as: other,
          body: { password: "new horse battery", current: PASSWORD },
        });
      },
    ],
    [
      "an owner ends one of their sessions",
      async (one) => {
        const path = `/api/agents/${one.actor.id}/sessions`;
        const { body } = await target.ask("GET", path, { as: target.ownerCookie });
        return target.ask("DELETE", `/api/sessions/${body.items[0]?.id}`, { as: target.ownerCookie });
      },
    ],
    [
      "an owner signs them out",
      (one) => target.ask("DELETE", `/api/agents/${one.actor.id}/sessions`, { as: target.ownerCookie }),
    ],
    ["an owner sets their password", (one) => change(one, { password: "other horse battery" })],
    ["their role changes", (one) => change(one, { role: "admin" })],
    ["they lose the site", (one) => change(one, { sites: [target.cafe.id] })],
    ["they are removed", (one) => target.ask("DELETE", `/api/agents/${one.actor.id}`, { as: target.ownerCookie })],
    [
      "they take up a new invitation",
      async (one) => {
        const path = `/api/agents/${one.actor.id}/invitation`;
        const { body } = await target.ask("POST", path, { as: target.ownerCookie, body: {} });
        return target.ask("POST", `/api/invitations/${body.token}`, { body: { password: "third horse battery" } });
      },
    ],
  ];
  const change = (one: Hired, body: object) =>
    target.ask("PATCH", `/api/agents/${one.actor.id}`, { as: target.ownerCookie, body });
  const KEEP = new Set(["their role changes", "they lose the site"]);

  test.each(causes)("is gone within 5 s when %s, and so is the session", async (what, act) => {
    const one = await target.hire(`P${mintId().slice(-8)}`);
    const line = target.dialAgent({ cookie: one.cookie, origin: target.url.replace("127.0.0.1", "localhost") });
    expect(await line.answer).toHaveProperty("hello");
    const ended = line.ended();
    const done = (await act(one)) as { status: number };
    expect(done.status).toBeLessThan(300);
    expect(await ended).toBeLessThan(GONE_WITHIN_MS);
    const { status } = await target.ask("GET", "/api/session", { as: one.cookie });
    // Another role or site is another right, not another person: they come in again, with what they have now.
    expect(status).toBe(KEEP.has(what) ? 200 : 401);
  });

  test("is not begun with a password that was taken away while it was compared, nor does it set another", async () => {
    const one = await target.hire("Ivo");
    const { sessions, profile, store } = target.desk;
    const password = await hashPassword("what an owner set");
    const set = () => store.write((db) => updateAgent(db, one.actor.key, { password }));
    const entering = sessions.signIn(one.email, PASSWORD);
    await set();
    await expect(entering).rejects.toMatchObject({ fault: { code: "unauthorized" } });

    await store.write(async (db) => updateAgent(db, one.actor.key, { password: await hashPassword(PASSWORD) }));
    const changing = profile.change(one.actor, { password: "what an intruder sets", current: PASSWORD });
    await set();
    await expect(changing).rejects.toMatchObject({ fault: { code: "forbidden", field: "current" } });
    expect((await sessions.signIn(one.email, "what an owner set")).agent.id).toBe(one.actor.id);
  });

  test("is not got by a link of before, once somebody set the password", async () => {
    const one = await target.hire("Ivy");
    const path = `/api/agents/${one.actor.id}/invitation`;
    const { body } = await target.ask("POST", path, { as: target.ownerCookie, body: {} });
    await change(one, { password: "other horse battery" });
    const taken = await target.ask("POST", `/api/invitations/${body.token}`, { body: { password: "third battery" } });
    expect(taken.status).toBeGreaterThanOrEqual(400);
  });

  test("of an API key is gone when the key is, or when who made it is removed", async () => {
    const admin = await target.hire("Abel", { role: "admin" });
    const make = () => target.ask("POST", "/api/keys", { as: admin.cookie, body: { name: "Program", role: "agent" } });
    const [one, two] = [(await make()).body, (await make()).body];
    const [first, second] = [target.dialAgent({ token: one.token }), target.dialAgent({ token: two.token })];
    await Promise.all([first.answer, second.answer]);
    const gone = first.ended();
    await target.ask("DELETE", `/api/keys/${one.id}`, { as: admin.cookie });
    expect(await gone).toBeLessThan(GONE_WITHIN_MS);
    const goneToo = second.ended();
    await target.ask("DELETE", `/api/agents/${admin.actor.id}`, { as: target.ownerCookie });
    expect(await goneToo).toBeLessThan(GONE_WITHIN_MS);
    for (const { token } of [one, two])
      expect((await target.ask("GET", "/api/session", { as: token })).status).toBe(401);
  });

  test.each([
    ["another role", { role: "agent" }],
    ["another site", () => ({ sites: [target.cafe.id] })],
    ["another password", { password: "other horse battery" }],
  ] as [string, object | (() => object)][])("of an API key is gone when who made it is given %s", async (_, change) => {
    const admin = await target.hire(`A${mintId().slice(-8)}`, { role: "admin" });
    const body = { name: "Program", role: "admin" };
    const { token } = (await target.ask("POST", "/api/keys", { as: admin.cookie, body })).body;
    const line = target.dialAgent({ token });
    expect(await line.answer).toHaveProperty("hello");
    const gone = line.ended();
    const given = typeof change === "function" ? change() : change;
    const path = `/api/agents/${admin.actor.id}`;
    expect((await target.ask("PATCH", path, { as: target.ownerCookie, body: given })).status).toBe(200);
    expect(await gone).toBeLessThan(GONE_WITHIN_MS);
  });

  test("of a visitor is gone when they are erased, and their token with it", async () => {
    const line = target.dialVisitor({});
    const { hello } = (await line.answer) as { hello: { token: string; visitor: { id: string } } };
    const gone = line.ended();
    await target.ask("DELETE", `/api/visitors/${hello.visitor.id}`, { as: target.ownerCookie });
    expect(await gone).toBeLessThan(GONE_WITHIN_MS);
    expect(await target.dialVisitor({ token: hello.token }).answer).toMatchObject({ fault: { code: "unauthorized" } });
  });

  test("of somebody else is not ended by who may not: their session is not there", async () => {
    const [one, two] = [await target.hire("Ulf"), await target.hire("Vic")];
    const path = `/api/agents/${two.actor.id}/sessions`;
    const { body } = await target.ask("GET", path, { as: target.ownerCookie });
    expect((await target.ask("DELETE", `/api/sessions/${body.items[0]?.id}`, { as: one.cookie })).fault).toBe(
      "not-found",
    );
    expect((await target.ask("GET", path, { as: one.cookie })).fault).toBe("forbidden");
    expect((await target.ask("GET", "/api/session", { as: two.cookie })).status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(two.cookie.split("=")[1]);
  });

  test("ends for who is removed, and nobody waits for them: what they had is free, and what is opened again", async () => {
    const one = await target.hire("Wim");
    const talk = async () => {
      const { visitor } = await target.desk.visitors.welcome(target.shop);
      const conversation = mintId() as never;
      await target.desk.asVisitor.execute(visitor, {
        type: "post",
        conversation,
        id: mintId() as never,
        text: "Hello",
      });
      await target.desk.asAgent.execute(one.actor, { type: "assign", conversation, agent: one.actor.id, was: null });
      return { visitor, conversation };
    };
    const [open, resolved] = [await talk(), await talk()];
    await target.desk.asAgent.execute(one.actor, { type: "resolve", conversation: resolved.conversation });
    await target.ask("DELETE", `/api/agents/${one.actor.id}`, { as: target.ownerCookie });
    const look = async (id: string) =>
      (await target.ask("GET", `/api/conversations/${id}`, { as: target.ownerCookie })).body;
    expect(await look(open.conversation)).not.toHaveProperty("assignee");
    expect(await look(resolved.conversation)).toMatchObject({ assignee: { name: "Wim" }, status: "resolved" });
    const { body } = await target.ask("GET", `/api/conversations/${open.conversation}/events?stream=desk&after=0`, {
      as: target.ownerCookie,
    });
    expect(body.events.at(-1)).toMatchObject({ type: "assigned", agent: null, by: { kind: "system" } });
    const again = {
      type: "post",
      conversation: resolved.conversation,
      id: mintId() as never,
      text: "Not yet",
    } as const;
    await target.desk.asVisitor.execute(resolved.visitor, again);
    await expect.poll(() => look(resolved.conversation)).not.toHaveProperty("assignee");
  });
});

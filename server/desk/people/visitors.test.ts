import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../store/port.ts";
import { insertSite } from "../../store/sites.ts";
import { openSqlite } from "../../store/sqlite.ts";
import { createSites, newSite, type Site, type Sites } from "../sites/sites.ts";
import { createVisitors, type Visitors } from "./visitors.ts";

const NOW = Date.UTC(2026, 4, 4, 12);
const clock = { now: () => NOW };

let folder: string;
let store: Store;
let sites: Sites;
let visitors: Visitors;
let shop: Site;
let other: Site;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  store = await openSqlite(join(folder, "desk.sqlite"));
  sites = createSites({ store, clock });
  visitors = createVisitors({ store, clock });
  const create = async (name: string) => {
    const row = newSite({ name, origins: ["https://shop.example"] }, NOW);
    await store.write((db) => insertSite(db, row));
    return row.key;
  };
  const keys = [await create("Shop"), await create("Other")];
  [shop, other] = (await Promise.all(keys.map((key) => sites.byPublicKey(key)))) as [Site, Site];
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const sign = (claims: Record<string, unknown>, secret = shop.secret, seconds = 600) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(NOW / 1000 + seconds)
    .sign(new TextEncoder().encode(secret));

const refusedWith = (code: string) => ({ fault: { code } });

describe("an anonymous visitor", () => {
  test("is recognised by the token they were given", async () => {
    const { token, visitor } = await visitors.welcome(shop);
    expect(token).toMatch(/^vt_[A-Za-z0-9]{43}$/);
    expect(await visitors.recognise(shop, token)).toEqual(visitor);
    expect(visitor.card).toEqual({ id: visitor.id, verified: false });
  });

  test.each(["", "vt_", "vt_unknown0000000000000000000000000000000000000", "nonsense"])(
    "is never made silently out of the token %j",
    async (token) => {
      await expect(visitors.recognise(shop, token)).rejects.toMatchObject(refusedWith("unauthorized"));
    },
  );

  test("D12 is nobody on another site", async () => {
    const { token } = await visitors.welcome(shop);
    await expect(visitors.recognise(other, token)).rejects.toMatchObject(refusedWith("unauthorized"));
  });

  test("may say a name and an address, which proves nothing", async () => {
    const { visitor } = await visitors.welcome(shop);
    const said = await visitors.contact(visitor, { name: "Mei", email: "mei@example.com" });
    expect(said.card).toEqual({ id: visitor.id, name: "Mei", email: "mei@example.com", verified: false });
    const less = await visitors.contact(visitor, { name: "" });
    expect(less.card).toEqual({ id: visitor.id, email: "mei@example.com", verified: false });
    expect((await visitors.cards([visitor.key])).get(visitor.key)).toEqual(less.card);
  });
});

describe("a signed identity", () => {
  test("is known in the hundred browsers that came last", async () => {
    const identity = await sign({ sub: "many" });
    let now = NOW;
    const later = createVisitors({ store, clock: { now: () => now++ } });
    const tokens: string[] = [];
    for (let n = 0; n < 102; n++) tokens.push((await later.identify(shop, { identity })).token);
    const known = await Promise.all(tokens.map((one) => visitors.recognise(shop, one).catch(() => undefined)));
    expect(known.map((one) => one !== undefined)).toEqual(tokens.map((_, n) => n >= 2));
  });

  test("is one visitor in every browser", async () => {
    const identity = await sign({ sub: "u1", name: "Ana", email: "ana@example.com", tier: "Gold" });
    const [here, there] = [await visitors.identify(shop, { identity }), await visitors.identify(shop, { identity })];
    expect(here.visitor.card).toMatchObject({ name: "Ana", email: "ana@example.com", verified: true, tier: "Gold" });
    expect(there.visitor.key).toBe(here.visitor.key);
    expect(there.token).not.toBe(here.token);
    expect((await visitors.identify(shop, { identity, token: here.token })).token).toBe(here.token);
  });

  test("turns the anonymous visitor into that person, under a new token", async () => {
    const before = await visitors.welcome(shop);
    await visitors.contact(before.visitor, { email: "false@example.com" });
    const after = await visitors.identify(shop, { identity: await sign({ sub: "u2" }), token: before.token });
    expect(after.visitor.key).toBe(before.visitor.key);
    expect(after.visitor.card).toEqual({ id: before.visitor.id, verified: true });
    await expect(visitors.recognise(shop, before.token)).rejects.toMatchObject(refusedWith("unauthorized"));
  });

  test("never merges two people", async () => {
    const first = await visitors.identify(shop, { identity: await sign({ sub: "u3" }) });
    const second = await visitors.identify(shop, { identity: await sign({ sub: "u4" }), token: first.token });
    expect(second.visitor.key).not.toBe(first.visitor.key);
    const anonymous = await visitors.welcome(shop);
    const known = await visitors.identify(shop, { identity: await sign({ sub: "u3" }), token: anonymous.token });
    expect(known.visitor.key).toBe(first.visitor.key);
  });

  test("is not overwritten by what the visitor says", async () => {
    const { visitor } = await visitors.identify(shop, { identity: await sign({ sub: "u5", name: "Ana" }) });
    const said = await visitors.contact(visitor, { name: "Director", email: "boss@example.com" });
    expect(said.card).toEqual({ id: visitor.id, name: "Ana", verified: true });
  });

  test("of another site, of another key, too old or too long is refused", async () => {
    const refused = [
      await sign({ sub: "u1" }, other.secret),
      await sign({ sub: "u1" }, shop.secret, -1),
      await sign({ sub: "u1" }, shop.secret, 2 * 3600),
      (await sign({ sub: "u1" })).toUpperCase(),
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"u1"}').toString("base64url")}.`,
      "nonsense",
    ];
    for (const identity of refused) {
      await expect(visitors.identify(shop, { identity })).rejects.toMatchObject(refusedWith("unauthorized"));
    }
  });

  test("lasts an hour at most, and begins when it says", async () => {
    const verified = async (identity: string) =>
      visitors.identify(shop, { identity }).then(
        ({ visitor }) => visitor.card.verified,
        ({ fault }) => fault.code,
      );
    const nbf = (seconds: number) => sign({ sub: "u6", nbf: NOW / 1000 + seconds });
    expect(await verified(await sign({ sub: "u6" }, shop.secret, 3_600))).toBe(true);
    expect(await verified(await sign({ sub: "u6" }, shop.secret, 3_660))).toBe("unauthorized");
    expect([await verified(await nbf(0)), await verified(await nbf(60))]).toEqual([true, "unauthorized"]);
    const endless = new SignJWT({ sub: "u6" }).setProtectedHeader({ alg: "HS256" });
    expect(await verified(await endless.sign(new TextEncoder().encode(shop.secret)))).toBe("invalid");
  });

  test("by the secret of before counts until its time has come, and no longer", async () => {
    const signed = async (until: number) => {
      const rotated = { ...shop, secret: "sk_the-new-one", former: { secret: shop.secret, until } };
      return visitors.identify(rotated, { identity: await sign({ sub: "u7" }) });
    };
    expect((await signed(NOW + 1)).visitor.card.verified).toBe(true);
    await expect(signed(NOW)).rejects.toMatchObject(refusedWith("unauthorized"));
  });

  test.each([{}, { sub: "" }, { sub: ["u1"] }, { sub: { $ne: null } }, { sub: 1 }])(
    "that names nobody, as %j, is refused",
    async (claims) => {
      const identity = await sign(claims);
      await expect(visitors.identify(shop, { identity })).rejects.toMatchObject({
        fault: { code: expect.stringMatching(/invalid|unauthorized/) },
      });
    },
  );

  test("that is empty is none", async () => {
    expect((await visitors.identify(shop, { identity: "" })).visitor.card.verified).toBe(false);
  });
});

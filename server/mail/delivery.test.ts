import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SHOP } from "../../test/support/desk.ts";
import { type MailDesk, openMailDesk, until } from "../../test/support/mail-desk.ts";
import { openSilence } from "../../test/support/postbox.ts";

const MINUTE_MS = 60_000;

let held: MailDesk;
beforeEach(async () => {
  held = await openMailDesk();
});
afterEach(() => held.close());

describe("delivery", () => {
  it("D14 tries again under the same id until it is taken, and keeps no words then", async () => {
    held.box.refuse(450);
    const { asks } = await held.somebody();
    await asks("/email/code", { email: "vera@example.com" });
    await held.tried(1);
    held.box.refuse(undefined);
    held.clock.advance(MINUTE_MS);
    await held.office.deliver();
    const [letter] = await held.box.until(1);
    expect(letter?.headers.get("message-id")).toMatch(/^<[0-9a-f-]{36}@desk\.example>$/);
    const row = await held.mailRow();
    expect(row).toMatchObject({ letter: "", done_at: held.clock.now() });
  });

  it("gives up at once where an address is refused for good", async () => {
    held.box.refuse(550);
    const { asks } = await held.somebody();
    await asks("/email/code", { email: "nobody@example.com" });
    await until(async () => (await held.mailRow())?.done_at !== null);
    expect(held.log).toHaveLength(1);
  });

  it("that hangs holds up nobody who talks", async () => {
    const silence = await openSilence();
    held.reopenOffice(silence.url);
    const { visitor, conversation, asks } = await held.somebody();
    const began = performance.now();
    for (let n = 0; n < 3; n++) expect((await asks("/email/code", { email: `v${n}@example.com` })).status).toBe(202);
    await until(() => silence.connections > 0);
    await held.says(visitor, "vera@example.com");
    await held.answers(conversation, "Still here", 20);
    await held.desk.asVisitor.execute(visitor, { type: "resolve", conversation });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await held.mailRow())?.done_at).toBeNull();
    held.office.close();
    await silence.close();
  });

  it("is erased with its visitor", async () => {
    held.box.refuse(450);
    const { visitor, asks } = await held.somebody();
    await asks("/email/code", { email: "vera@example.com" });
    await held.tried(1);
    await held.desk.erasure.erase(held.owner.actor, visitor.id);
    expect(await held.mailRow()).toBeUndefined();
  });
});

describe("a server without SMTP_URL", () => {
  it("hides everything mail", async () => {
    const ask = held.http(null);
    const { token } = await held.welcome();
    const config = await ask("GET", `/api/widget/${held.shop.publicKey}`, { headers: { origin: SHOP } });
    expect(config.body).not.toHaveProperty("mail");
    const code = await ask("POST", `/api/widget/${held.shop.publicKey}/email/code`, {
      headers: { origin: SHOP, authorization: `Bearer ${token}` },
      body: { email: "vera@example.com" },
    });
    expect(code.status).toBe(404);
    expect((await ask("GET", `/api/sites/${held.shop.id}/mail`, { as: held.owner.cookie })).body).toEqual({
      sends: false,
    });
    const with_ = await held.http()("GET", `/api/widget/${held.shop.publicKey}`, { headers: { origin: SHOP } });
    expect(with_.body).toMatchObject({ mail: true });
    expect(with_.body).not.toHaveProperty("hours");
  });
});

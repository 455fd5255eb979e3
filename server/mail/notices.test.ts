import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SHOP } from "../../test/support/desk.ts";
import { type MailDesk, openMailDesk } from "../../test/support/mail-desk.ts";

const MINUTE_MS = 60_000;

let held: MailDesk;
beforeEach(async () => {
  held = await openMailDesk();
});
afterEach(() => held.close());

describe("an answer that was not seen", () => {
  it("goes by mail after five minutes, once, with a way out", async () => {
    const { visitor, conversation } = await held.somebody();
    await held.says(visitor, "vera@example.com");
    await held.answers(conversation, "It arrives on Monday.");
    await held.office.notices.look();
    held.clock.advance(4 * MINUTE_MS);
    await held.office.notices.look();
    expect(await held.sent()).toHaveLength(0);
    held.clock.advance(MINUTE_MS);
    await held.office.notices.look();
    const [notice] = await held.sent(1);
    expect(notice?.headers.get("subject")).toBe("Olga of Shop answered you");
    expect(notice?.text).toContain("It arrives on Monday.");
    // An address that nobody proved gets none of the visitor's words.
    expect(notice?.text).not.toContain("parcel");
    expect(notice?.text).toContain(`${SHOP}/cart`);
    expect(notice?.headers.get("list-unsubscribe")).toMatch(/^<https:\/\/desk\.example\/mail\/stop\//);
    held.clock.advance(60 * MINUTE_MS);
    await held.office.notices.look();
    expect(await held.sent()).toHaveLength(1);
  });

  it("stays where it was seen in time, or where nobody left an address", async () => {
    const { visitor, conversation } = await held.somebody();
    await held.says(visitor, "vera@example.com");
    await held.answers(conversation, "Here");
    const reply = await held.desk.asVisitor.execute(visitor, { type: "sync", conversation, after: 0 });
    const seq = "head" in reply && typeof reply.head === "number" ? reply.head : 0;
    await held.desk.asVisitor.execute(visitor, { type: "read", conversation, seq });
    const other = await held.somebody();
    await held.answers(other.conversation, "Here");
    held.clock.advance(10 * MINUTE_MS);
    await held.office.notices.look();
    expect(await held.sent()).toHaveLength(0);
    // Left later: then it goes.
    await held.says(other.visitor, "otto@example.com");
    await held.office.notices.look();
    expect((await held.sent(1))[0]?.to).toEqual(["otto@example.com"]);
  });

  it("is found again when the server stopped in between", async () => {
    const { visitor, conversation } = await held.somebody();
    await held.says(visitor, "vera@example.com");
    await held.answers(conversation, "It arrives on Monday.");
    held.office.close();
    held.clock.advance(10 * MINUTE_MS);
    held.reopenOffice();
    await held.office.notices.recover();
    await held.office.notices.look();
    expect((await held.sent(1))[0]?.text).toContain("It arrives on Monday.");
  });

  it("is told three times at most before somebody looks", async () => {
    const { visitor, conversation } = await held.somebody();
    await held.says(visitor, "vera@example.com");
    for (let n = 0; n < 6; n++) {
      await held.answers(conversation, `Answer ${n}`, 20);
      held.clock.advance(11 * MINUTE_MS);
      await held.office.notices.look();
      held.clock.advance(11 * MINUTE_MS);
      await held.office.notices.look();
    }
    expect(await held.sent()).toHaveLength(3);
  });

  it("goes to nobody who asked for no more; looking at the link alone stops nothing", async () => {
    const { visitor, conversation } = await held.somebody();
    await held.says(visitor, "vera@example.com");
    const hears = async (text: string) => {
      await held.answers(conversation, text, 20);
      held.clock.advance(20 * MINUTE_MS);
      await held.office.notices.look();
      return held.sent();
    };
    const [notice] = await hears("One");
    const link = new URL(/<(.+)>/.exec(notice?.headers.get("list-unsubscribe") ?? "")?.[1] ?? "").pathname;
    const ask = held.http();
    expect((await ask("GET", link)).body).toContain("vera@example.com");
    expect(await hears("Two")).toHaveLength(2);
    expect((await ask("POST", link, { headers: { "content-type": "application/x-www-form-urlencoded" } })).status).toBe(
      200,
    );
    // Cut off by a mail program, or written wrong: a person reads it.
    const wrong = link.replace(/.$/, (end) => (end === "A" ? "B" : "A"));
    for (const method of ["GET", "POST"] as const)
      for (const bad of [wrong, link.slice(0, -5), link.replace(/pk_\w+/, "pk_nowhere")]) {
        const { status, body } = await ask(method, bad, { headers: { "accept-language": "zh-CN,en;q=0.5" } });
        expect([status, body], bad).toEqual([404, expect.stringContaining("链接不完整")]);
      }
    expect(await hears("Three")).toHaveLength(2);
  });

  it("leads to no page that is not the site's", async () => {
    const { visitor, conversation } = await held.somebody({ page: "https://evil.example/login" });
    await held.says(visitor, "vera@example.com");
    await held.answers(conversation, "Here");
    held.clock.advance(5 * MINUTE_MS);
    await held.office.notices.look();
    expect((await held.sent(1))[0]?.text).not.toContain("evil.example");
  });
});

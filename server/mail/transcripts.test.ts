import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeIn, MAIL_HOST, type MailDesk, openMailDesk } from "../../test/support/mail-desk.ts";
import { mintId } from "../store/ids.ts";

let held: MailDesk;
beforeEach(async () => {
  held = await openMailDesk();
});
afterEach(() => held.close());

describe("a transcript", () => {
  it("goes to an address only after the code that was sent there came back", async () => {
    const { conversation, asks } = await held.somebody();
    await held.answers(conversation, "It left today & arrives on Monday.");
    const path = `/conversations/${conversation}/transcript`;
    expect(await asks(path)).toMatchObject({ status: 403, fault: "forbidden", body: { fault: { field: "email" } } });

    expect((await asks("/email/code", { email: "vera@example.com" })).status).toBe(202);
    const [letter] = await held.box.until(1);
    expect(letter?.to).toEqual(["vera@example.com"]);
    expect(letter?.text).not.toContain("parcel");
    // Naming the address is not enough, nor is saying it by `contact`.
    expect((await asks(path)).status).toBe(403);
    const code = codeIn(letter?.text);
    expect(letter?.headers.get("subject")).toBe(`${code} is your code for Shop`);
    expect((await asks("/email/confirm", { code: code === "000000" ? "111111" : "000000" })).status).toBe(400);
    expect((await asks("/email/confirm", { code })).body).toEqual({ email: "vera@example.com" });

    expect(await asks(path, { zone: "Asia/Shanghai" })).toMatchObject({
      status: 202,
      body: { email: "vera@example.com" },
    });
    const [, transcript] = await held.box.until(2);
    expect(transcript?.to).toEqual(["vera@example.com"]);
    expect(transcript?.text).toContain("You, May 4, 2026, 8:00 PM\nWhere is my <b>parcel</b>?");
    expect(transcript?.text).toContain("It left today & arrives on Monday.");
    expect(transcript?.html).toContain("Where is my &#60;b&#62;parcel&#60;/b&#62;?");
    expect(transcript?.headers.get("from")).toBe(`Shop <support@${MAIL_HOST}>`);
  });

  it("goes nowhere once the address is another one", async () => {
    const { visitor, conversation, asks } = await held.somebody();
    await asks("/email/code", { email: "vera@example.com" });
    await asks("/email/confirm", { code: codeIn((await held.box.until(1))[0]?.text) });
    await held.says(visitor, "victim@example.com");
    expect((await asks(`/conversations/${conversation}/transcript`)).status).toBe(403);
  });

  it("of somebody else's conversation, or of a guessed one, is not found", async () => {
    const [vera, otto] = [await held.somebody(), await held.somebody()];
    await vera.asks("/email/code", { email: "vera@example.com" });
    await vera.asks("/email/confirm", { code: codeIn((await held.box.until(1))[0]?.text) });
    for (const id of [otto.conversation, mintId(), "nonsense"])
      expect((await vera.asks(`/conversations/${id}/transcript`)).status).toBe(404);
    expect(held.box.received).toHaveLength(1);
  });

  it("speaks the visitor's language", async () => {
    const { conversation, asks } = await held.somebody({ locale: "zh-Hant" });
    await asks("/email/code", { email: "vera@example.com", locale: "zh-Hant" });
    const [letter] = await held.box.until(1);
    expect(letter?.headers.get("subject")).toContain("驗證碼");
    await asks("/email/confirm", { code: codeIn(letter?.text) });
    await asks(`/conversations/${conversation}/transcript`, { locale: "zh-Hant" });
    const [, transcript] = await held.box.until(2);
    expect(transcript?.headers.get("subject")).toBe("您與Shop的對話紀錄");
    expect(transcript?.html).toContain('lang="zh-Hant"');
  });
});

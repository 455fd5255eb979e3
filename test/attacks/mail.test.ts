import { Window } from "happy-dom";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { htmlOf } from "../../server/mail/letter.ts";
import { mintId } from "../../server/store/ids.ts";
import { codeIn, type MailDesk, openMailDesk, until } from "../support/mail-desk.ts";

/* What goes out by mail. That nothing is written into its headers, and codes flood nobody, is tried beside `server/mail`. */

const MINUTE_MS = 60_000;
const MARKUP = `"><img src=x onerror="alert(1)"><a href='javascript:alert(1)'>'&lt;`;

let held: MailDesk;
beforeEach(async () => {
  held = await openMailDesk();
});
afterEach(() => held.close());

describe("A letter", () => {
  test("shows markup as text, wherever somebody wrote it", () => {
    const url = `https://shop.example/?q=${MARKUP}`;
    const html = htmlOf({
      locale: MARKUP,
      subject: MARKUP,
      from: MARKUP,
      parts: [
        { kind: "text", text: MARKUP },
        { kind: "code", text: MARKUP },
        { kind: "message", name: MARKUP, time: MARKUP, lines: [MARKUP, MARKUP] },
        { kind: "message", name: MARKUP, time: MARKUP, lines: [MARKUP], own: true },
        { kind: "link", text: MARKUP, url },
      ],
      foot: [MARKUP, { text: MARKUP, url }],
    });
    const window = new Window({ settings: { disableJavaScriptFileLoading: true } });
    const { documentElement } = new window.DOMParser().parseFromString(html, "text/html");
    for (const { localName, attributes } of documentElement.querySelectorAll("*")) {
      expect(localName).toMatch(/^(head|meta|title|body|div|p|br|a)$/);
      for (const { name, value } of attributes) {
        expect(name).toMatch(/^(charset|style|dir|href)$/);
        if (name === "href") expect(value).toBe(url);
      }
    }
    // Subject, text, code, name, time, line, of each message, link, foot.
    expect(documentElement.textContent?.split(MARKUP)).toHaveLength(14);
    window.happyDOM.abort();
  });

  test("brings whoever wrote no note, no tag and no agent's address", async () => {
    const { conversation, asks } = await held.somebody();
    await asks("/email/code", { email: "vera@example.com" });
    await asks("/email/confirm", { code: codeIn((await held.box.until(1))[0]?.text) });
    await held.answers(conversation, "On Monday.");
    const { actor } = held.owner;
    const note = { type: "note", conversation, id: mintId(), text: "A kakistocracy" } as never;
    await held.desk.asAgent.execute(actor, note);
    await held.desk.asAgent.execute(actor, { type: "tag", conversation, add: ["floccinaucini"] });
    held.clock.advance(5 * MINUTE_MS);
    await held.office.notices.look();
    await asks(`/conversations/${conversation}/transcript`);
    const [, notice, transcript] = await held.box.until(3);
    for (const letter of [notice, transcript]) {
      expect(letter?.text).toContain("On Monday.");
      const all = JSON.stringify([letter, ...(letter?.headers ?? [])]);
      for (const word of ["kakistocracy", "floccinaucini", actor.email, held.shop.secret])
        expect(all).not.toContain(word);
    }
  });

  test("that is refused leaves the address in no log", async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line) => void lines.push(line) });
    held.box.refuse(550);
    const { asks } = await held.somebody();
    await asks("/email/code", { email: "vera.wood@example.com" });
    await until(async () => (await held.mailRow())?.done_at !== null);
    for (const err of held.log) log.warn({ err }, "Mail");
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/vera|wood/);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      err: { responseCode: 550, message: expect.stringContaining("550") },
    });
  });
});

test("An address that somebody else says is theirs gets four notices a day, however many say so", async () => {
  for (let n = 0; n < 6; n++) {
    const { visitor, conversation } = await held.somebody();
    await held.says(visitor, "victim@example.com");
    await held.answers(conversation, `Answer ${n}`);
  }
  held.clock.advance(5 * MINUTE_MS);
  await held.office.notices.look();
  const written = await held.store.read(async (db) =>
    db.plain.all("select id from mail where address = 'victim@example.com'"),
  );
  expect(written).toHaveLength(4);
});

import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAFE, HOME } from "../support/desk.ts";
import { photo } from "../support/pictures.ts";
import { sendForm } from "../support/uploads.ts";
import { type FilesDesk, openFilesDesk } from "./files-desk.ts";

let at: FilesDesk;
beforeAll(async () => {
  at = await openFilesDesk();
});
afterAll(() => at.close());

describe("A file is its author's, and then its conversation's.", () => {
  test("another's file with one's own token is not found, nor is one of another site, or one that was sent", async () => {
    const [priya, mallory] = [await at.welcome(), await at.welcome()];
    const { body } = await at.send({ token: priya.token, bytes: "a secret" });
    const stolen = await at.post(mallory.token, v7(), [body.file.id]);
    expect(stolen.fault).toBe("not-found");
    const sent = await at.post(priya.token, v7(), [body.file.id]);
    expect(sent.body).toMatchObject({ ok: true, event: { text: "", files: [body.file] } });
    expect((await at.post(mallory.token, v7(), [body.file.id])).fault).toBe("not-found");
    expect((await at.post(priya.token, v7(), [body.file.id])).fault).toBe("not-found");
    const agent = await at.hire("Ann");
    const reply = { type: "post", id: v7(), text: "", files: [body.file.id], seen: 9 };
    const conversation = sent.body.event as unknown as { conversation: string };
    const byAgent = await at.ask("POST", `/api/conversations/${conversation.conversation}/commands`, {
      as: agent.cookie,
      body: reply,
      headers: { origin: HOME },
    });
    expect(byAgent.fault).toBe("not-found");
  });

  test("the same id of another author is another file", async () => {
    const [priya, mallory] = [await at.welcome(), await at.welcome()];
    const id = v7();
    const hers = (await at.send({ token: priya.token, bytes: "hers", id })).body.file;
    const his = (await at.send({ token: mallory.token, bytes: "his", id })).body.file;
    expect(his.url).not.toBe(hers.url);
    expect(await (await at.fetchFile(hers.url)).text()).toBe("hers");
    const posted = await at.post(mallory.token, v7(), [id]);
    expect(posted.body.event?.files).toEqual([his]);
  });

  test("D2 the same id again is the same file; with other bytes it is refused", async () => {
    const { token } = await at.welcome();
    const id = v7();
    const first = await at.send({ token, bytes: "words", id });
    const again = await at.send({ token, bytes: "words", id });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect((await at.send({ token, bytes: "others", id })).fault).toBe("reused-id");
    const both = await Promise.all(
      [1, 2, 3].map(() => at.send({ token, bytes: "at once", id: "0197a000-0000-7000-8000-00000000000a" })),
    );
    expect(new Set(both.map(({ body }) => body.file.url)).size).toBe(1);
  });

  test.each([["../../x"], ["1"], [""], ["{}"], ["0197A000-0000-7000-8000-00000000000A"]])(
    "an id like %j is refused",
    async (id) => {
      const { token } = await at.welcome();
      expect((await at.send({ token, bytes: "words", id })).fault).toBe("invalid");
      expect((await at.post(token, v7(), [id])).fault).toBe("not-found");
    },
  );

  test("a token of another site, of nobody, or none uploads nothing; nor does a foreign page", async () => {
    const guest = await at.welcome(at.cafe);
    expect((await at.send({ token: guest.token, bytes: "x" })).fault).toBe("unauthorized");
    expect((await at.send({ token: "vt_nobody", bytes: "x" })).fault).toBe("unauthorized");
    const { token } = await at.welcome();
    expect((await at.send({ token, bytes: "x", headers: { authorization: "" } })).fault).toBe("unauthorized");
    expect((await at.send({ token, bytes: "x", headers: { origin: CAFE } })).fault).toBe("forbidden");
  });

  test("an address works for who was sent it, is found by nobody, and holds no token", async () => {
    const { token } = await at.welcome();
    const { file } = (await at.send({ token, bytes: "words" })).body;
    expect(file.url).toMatch(/^https:\/\/desk\.example\/files\/[0-9a-f-]{36}\/[\w-]{24}$/);
    expect(file.url).not.toContain(token);
    const [, , id = "", signature = ""] = new URL(file.url).pathname.split("/");
    const other = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    // Nor is it confirmed to who only knows its name.
    for (const path of [
      `/files/${id}/${other}`,
      `/files/${id}/`,
      `/files/${id}`,
      `/files/${v7()}/${signature}`,
      // What base64 reads as the same bytes is another address.
      `/files/${id}/${signature}A`,
      `/files/${id}/${signature}=`,
      "/files/..%2f..%2fdeskbell.db/x",
      `/files/${id}/${signature}/..%2f..`,
    ])
      for (const headers of [{}, { "if-none-match": `"${id}"` }])
        expect((await at.app.request(path, { headers })).status, path).toBe(404);
    const got = await at.fetchFile(file.url);
    expect(got.headers.get("referrer-policy")).toBe("no-referrer");
    expect(got.headers.get("cache-control")).toContain("private");
    expect(got.headers.get("x-robots-tag")).toBe("noindex");
  });
});

describe("Agents' files", () => {
  const path = () => `/api/sites/${at.shop.id}/files`;

  test("are taken from our own pages and from keys, not from a foreign page's form", async () => {
    const { cookie } = await at.hire("Bea");
    const bytes = "a price list";
    const none = await sendForm(at.app, path(), { bytes }, { cookie });
    const foreign = await sendForm(at.app, path(), { bytes }, { cookie, origin: "https://evil.example" });
    const cross = await sendForm(at.app, path(), { bytes }, { cookie, origin: HOME, "sec-fetch-site": "cross-site" });
    expect([none.fault, foreign.fault, cross.fault]).toEqual(["invalid", "forbidden", "forbidden"]);
    expect((await sendForm(at.app, path(), { bytes }, { cookie, origin: HOME })).status).toBe(201);
    const key = await at.keyOf("agent");
    expect((await sendForm(at.app, path(), { bytes }, { authorization: `Bearer ${key}` })).status).toBe(201);
    const elsewhere = await sendForm(at.app, `/api/sites/${at.cafe.id}/files`, { bytes }, { cookie, origin: HOME });
    expect(elsewhere.fault).toBe("not-found");
  });

  test("a picture of an article is for everybody, and cannot be sent as somebody's file", async () => {
    const { cookie } = await at.hire("Cleo");
    const asked = { cookie, origin: HOME };
    expect((await sendForm(at.app, `${path()}?for=article`, { bytes: "words" }, asked)).fault).toBe("invalid");
    const { body } = await sendForm(at.app, `${path()}?for=article`, { bytes: await photo(), name: "a.jpg" }, asked);
    const got = await at.fetchFile(body.file.url);
    expect(got.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(got.headers.get("x-robots-tag")).toBeNull();
  });
});

describe("What nobody has any more is gone.", () => {
  test("an upload that no message took goes after a day; one that was sent stays", async () => {
    const { token } = await at.welcome();
    const [lost, kept] = [await at.send({ token, bytes: "lost" }), await at.send({ token, bytes: "kept" })];
    await at.post(token, v7(), [kept.body.file.id]);
    at.clock.advance(25 * 3_600_000);
    await at.desk.files.sweep();
    await at.desk.files.sweep();
    expect((await at.fetchFile(lost.body.file.url)).status).toBe(404);
    expect(await (await at.fetchFile(kept.body.file.url)).text()).toBe("kept");
  });

  test("an article's picture stays while the article names it", async () => {
    const key = await at.keyOf("admin");
    const headers = { authorization: `Bearer ${key}` };
    const path = `/api/sites/${at.shop.id}/files?for=article`;
    const [named, not] = [await photo({ width: 11 }), await photo({ width: 12 })];
    const one = (await sendForm(at.app, path, { bytes: named, name: "a.jpg" }, headers)).body.file;
    const other = (await sendForm(at.app, path, { bytes: not, name: "b.jpg" }, headers)).body.file;
    const body = { title: "Boards", body: `Look: ![a board](${one.url})`, locale: "en" };
    expect((await at.ask("POST", `/api/sites/${at.shop.id}/articles`, { as: key, body })).status).toBe(201);
    at.clock.advance(25 * 3_600_000);
    await at.desk.files.sweep();
    expect((await at.fetchFile(one.url)).status).toBe(200);
    expect((await at.fetchFile(other.url)).status).toBe(404);
  });

  test("an erased visitor's files are gone with their words, and what agents sent them", async () => {
    const { token, visitor } = await at.welcome();
    const { body } = await at.send({ token, bytes: "a secret" });
    const unsent = await at.send({ token, bytes: "another" });
    const conversation = v7();
    await at.post(token, conversation, [body.file.id]);
    const key = await at.keyOf("owner");
    const headers = { authorization: `Bearer ${key}` };
    const theirs = await sendForm(at.app, `/api/sites/${at.shop.id}/files`, { bytes: "an answer" }, headers);
    const reply = { type: "post", id: v7(), text: "", files: [theirs.body.file.id], seen: 9 };
    expect((await at.ask("POST", `/api/conversations/${conversation}/commands`, { as: key, body: reply })).status).toBe(
      200,
    );
    await at.desk.erasure.erase(at.owner.actor, visitor.id);
    for (const { file } of [body, unsent.body, theirs.body]) expect((await at.fetchFile(file.url)).status).toBe(404);
    const events = await at.ask("GET", `/api/conversations/${conversation}/events`, { as: key });
    expect(JSON.stringify(events.body)).not.toContain("/files/");
  });

  test("the files of a message that was taken back are gone", async () => {
    const { token } = await at.welcome();
    const conversation = v7();
    await at.post(token, conversation, [], { text: "Hello" });
    const key = await at.keyOf("owner");
    const headers = { authorization: `Bearer ${key}` };
    const { file } = (await sendForm(at.app, `/api/sites/${at.shop.id}/files`, { bytes: "too much" }, headers)).body;
    const command = (body: object) =>
      at.ask<{ event: { seq: number } }>("POST", `/api/conversations/${conversation}/commands`, { as: key, body });
    const posted = await command({ type: "post", id: v7(), text: "", files: [file.id], seen: 9 });
    await command({ type: "redact", target: posted.body.event.seq });
    expect((await at.fetchFile(file.url)).status).toBe(404);
  });
});

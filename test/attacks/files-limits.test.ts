import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHOP } from "../support/desk.ts";
import { photo } from "../support/pictures.ts";
import { type FilesDesk, openFilesDesk } from "./files-desk.ts";

let at: FilesDesk;
beforeAll(async () => {
  at = await openFilesDesk();
});
afterAll(() => at.close());

const FORM_OF_TWO = ["a", "b"]
  .map((name) => `--a\r\ncontent-disposition: form-data; name="${name}"; filename="${name}.txt"\r\n\r\nw\r\n`)
  .join("");

describe("One may send so much, and no more.", () => {
  test("a file over the site's limit is refused, also where nobody said how long it is", async () => {
    const { token } = await at.welcome();
    const bytes = Buffer.alloc(10_000_001, "a");
    expect(await at.send({ token, bytes })).toMatchObject({ status: 413, fault: "too-large" });
    const boundary = "x".repeat(30);
    let given = 0;
    const body = new ReadableStream({
      start: (to) =>
        to.enqueue(
          Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`),
        ),
      pull(to) {
        given += 64 * 1024;
        to.enqueue(Buffer.alloc(64 * 1024, "a"));
        if (given > 200_000_000) to.close();
      },
    });
    const response = await at.app.request(`/api/widget/${at.shop.publicKey}/files`, {
      method: "POST",
      body,
      duplex: "half",
      headers: {
        origin: SHOP,
        authorization: `Bearer ${token}`,
        "content-type": `multipart/form-data; boundary=${boundary}`,
      },
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(given).toBeLessThan(20_000_000);
  });

  test("a visitor's day holds ten times the largest file", async () => {
    const { token } = await at.welcome();
    const bytes = Buffer.alloc(9_900_000, "a");
    const answers = [];
    for (let n = 0; n < 11; n++) answers.push((await at.send({ token, bytes, id: v7() })).fault);
    expect(answers.slice(0, 10).every((fault) => fault === undefined)).toBe(true);
    expect(answers[10]).toBe("limited");
    at.clock.advance(24 * 3_600_000 + 1);
    expect((await at.send({ token, bytes })).status).toBe(201);
  });

  test("what the site does not take is not taken", async () => {
    await at.desk.sites.change(at.owner.actor, at.shop.id, { files: { types: ["image"], megabytes: 1 } });
    const { token } = await at.welcome();
    expect((await at.send({ token, bytes: "words" })).fault).toBe("invalid");
    expect((await at.send({ token, name: "a.jpg", bytes: await photo() })).status).toBe(201);
    expect((await at.send({ token, bytes: Buffer.alloc(1_000_001) })).fault).toBe("too-large");
    await at.desk.sites.change(at.owner.actor, at.shop.id, { files: { types: [], megabytes: 1 } });
    expect((await at.send({ token, name: "a.jpg", bytes: await photo() })).fault).toBe("forbidden");
    await at.desk.sites.change(at.owner.actor, at.shop.id, {
      files: { types: ["image", "pdf", "text", "office", "archive"], megabytes: 10 },
    });
  });

  test.each([
    ["no form", "just words", "text/plain"],
    ["a form without a boundary", "--a\r\n\r\n", "multipart/form-data"],
    [
      "a form without a file",
      '--a\r\ncontent-disposition: form-data; name="id"\r\n\r\n1\r\n--a--\r\n',
      "multipart/form-data; boundary=a",
    ],
    [
      "a form cut short",
      '--a\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords',
      "multipart/form-data; boundary=a",
    ],
    ["two files", `${FORM_OF_TWO}--a--\r\n`, "multipart/form-data; boundary=a"],
    [
      "an empty file",
      '--a\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n\r\n--a--\r\n',
      "multipart/form-data; boundary=a",
    ],
  ])("%s is refused", async (_what, body, type) => {
    const { token } = await at.welcome();
    const response = await at.app.request(`/api/widget/${at.shop.publicKey}/files`, {
      method: "POST",
      body,
      headers: { origin: SHOP, authorization: `Bearer ${token}`, "content-type": type },
    });
    expect(response.status).toBe(400);
    expect(at.errors).toEqual([]);
  });

  test("who leaves in the middle of what is refused, or of a form, ends nothing but their own request", async () => {
    const { token } = await at.welcome();
    const escaped: unknown[] = [];
    const hear = (error: unknown) => void escaped.push(error);
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException").on("uncaughtException", hear);
    try {
      for (const type of ["multipart/form-data", "multipart/form-data; boundary=a"]) {
        const { readable, writable } = new TransformStream();
        const asked = at.app.request(`/api/widget/${at.shop.publicKey}/files`, {
          method: "POST",
          body: readable,
          duplex: "half",
          headers: { origin: SHOP, authorization: `Bearer ${token}`, "content-type": type },
        } as RequestInit);
        // Refused before a byte came; or else the request waits for its bytes.
        if (!type.includes("boundary")) await asked;
        await writable.abort(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
        expect((await asked).status).toBe(400);
        await new Promise((turn) => setImmediate(turn));
      }
    } finally {
      process.off("uncaughtException", hear);
      for (const other of others) process.on("uncaughtException", other);
    }
    expect(escaped).toEqual([]);
  });

  test.runIf(existsSync("/proc/self/fd"))(
    "who breaks off in the middle of a file leaves nothing open, and nothing on the disk",
    async () => {
      const { token } = await at.welcome();
      const { readable, writable } = new TransformStream();
      const asked = at.app.request(`/api/widget/${at.shop.publicKey}/files`, {
        method: "POST",
        body: readable,
        duplex: "half",
        headers: { origin: SHOP, authorization: `Bearer ${token}`, "content-type": "multipart/form-data; boundary=a" },
      } as RequestInit);
      const writer = writable.getWriter();
      await writer.write(
        Buffer.from('--a\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nThe beg'),
      );
      const folder = at.desk.files.incoming();
      await expect.poll(() => readdirSync(folder)).toHaveLength(1);
      await writer.abort(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
      expect((await asked).status).toBe(400);
      expect(readdirSync(folder)).toEqual([]);
      expect(openFiles().filter((path) => path.startsWith(folder))).toEqual([]);
    },
  );
});

/** What this process holds open, as Linux tells it. */
function openFiles(): string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // The one that the folder was read by.
      return [];
    }
  });
}

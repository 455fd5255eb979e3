import { closeSync, openSync, readdirSync, renameSync, rmSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpEnv } from "../../server/http/env.ts";
import { createVisitorFileRoutes } from "../../server/http/files.ts";
import { type FilesDesk, openFilesDesk } from "./files-desk.ts";

let at: FilesDesk;
beforeAll(async () => {
  at = await openFilesDesk();
});
afterAll(() => at.close());

const WHOLE = Buffer.from(Array.from({ length: 3_000 }, (_, n) => `line ${n}\n`).join(""));
const size = WHOLE.length;
const THIRD = Math.floor(size / 3);

/** Somebody who sends a file in pieces. */
async function sender(id = v7()) {
  const { visitor, token } = await at.welcome();
  const send = (from: number, to: number, more: object = {}) =>
    at.send({ token, id, bytes: WHOLE.subarray(from, to), piece: { from, size }, ...more });
  return { visitor, token, id, send, asks: () => send(0, 0) };
}

const pathOf = (id: string) => join(at.desk.files.incoming(), begun().find((name) => name.includes(id)) ?? "");
const begun = () => readdirSync(at.desk.files.incoming()).filter((name) => name.endsWith(".part"));

describe("A large file in pieces", () => {
  test("is whole at its end; what was lost on the way is sent again from where the server stands", async () => {
    const { token, send, asks } = await sender();
    expect(await send(0, THIRD)).toMatchObject({ status: 202, body: { received: THIRD } });
    expect(await asks()).toMatchObject({ status: 202, body: { received: THIRD } });
    // Told twice, or with a hole before it: not taken, and said.
    expect((await send(0, THIRD)).body.received).toBe(THIRD);
    expect((await send(2 * THIRD, size)).body.received).toBe(THIRD);
    expect((await send(THIRD, 2 * THIRD)).body.received).toBe(2 * THIRD);
    const last = await send(2 * THIRD, size);
    expect(last).toMatchObject({ status: 201, body: { file: { name: "notes.txt", size } } });
    const served = await at.fetchFile(last.body.file.url);
    expect(Buffer.compare(Buffer.from(await served.arrayBuffer()), WHOLE)).toBe(0);
    expect(begun()).toEqual([]);
    // Its answer was lost: asked again, there is one file and not two. The id is no other file's.
    expect(await asks()).toMatchObject({ status: 200, body: { file: { id: last.body.file.id } } });
    expect((await send(0, size, { bytes: Buffer.alloc(size, "a") })).fault).toBe("reused-id");
    expect(begun()).toEqual([]);
    expect((await at.post(token, v7(), [last.body.file.id])).body).toMatchObject({ ok: true });
  });

  test("is of one author: under the same id another one has sent nothing yet", async () => {
    const one = await sender();
    await one.send(0, THIRD);
    const other = await sender(one.id);
    expect((await other.asks()).body.received).toBe(0);
    expect((await other.send(THIRD, size)).body.received).toBe(0);
    expect((await one.asks()).body.received).toBe(THIRD);
  });

  test("comes in order also where two tabs send it at once", async () => {
    const { send } = await sender();
    const answers = await Promise.all([send(0, THIRD), send(0, THIRD), send(0, 2 * THIRD)]);
    for (const { body } of answers) expect([THIRD, 2 * THIRD]).toContain(body.received);
    const [first] = answers;
    const last = await send(first?.body.received ?? 0, size);
    const served = await at.fetchFile(last.body.file.url);
    expect(Buffer.compare(Buffer.from(await served.arrayBuffer()), WHOLE)).toBe(0);
  });

  test("is looked at as any other, and nothing stays of what is refused", async () => {
    const { send, asks } = await sender();
    const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(size - 2)]);
    const piece = (from: number, to: number) => send(from, to, { bytes: program.subarray(from, to) });
    await piece(0, THIRD);
    expect(await piece(THIRD, size)).toMatchObject({ status: 400, fault: "invalid" });
    expect((await asks()).body.received).toBe(0);
  });

  test.each([
    ["of more than the site takes", { piece: { from: 0, size: 10_000_001 } }, "too-large"],
    ["that begins behind its end", { piece: { from: size + 1, size } }, "invalid"],
    ["longer than what is left", { piece: { from: 0, size: 10 } }, "too-large"],
    ["without an id", { id: "" }, "invalid"],
    ["whose id leads out of the folder", { id: "../../../notes" }, "invalid"],
    ["of no bytes", { piece: { from: 0, size: 0 } }, "invalid"],
    ["without a number", { piece: { from: Number.NaN, size } }, "invalid"],
  ])("one %s is refused", async (_what, more, fault) => {
    const { send } = await sender();
    const before = begun();
    expect((await send(0, THIRD, more)).fault).toBe(fault);
    expect(begun()).toEqual(before);
  });

  test("ten are kept of one visitor; who begins another has given up the oldest", async () => {
    const { token } = await sender();
    const ids = Array.from({ length: 11 }, () => v7());
    const piece = { from: 0, size };
    for (const id of ids) {
      expect((await at.send({ token, id, bytes: WHOLE.subarray(0, THIRD), piece })).status).toBe(202);
      utimesSync(pathOf(id), new Date(), new Date(Date.now() - 60_000 + ids.indexOf(id)));
    }
    expect(ids.map((id) => begun().some((name) => name.includes(id)))).toEqual([false, ...Array(10).fill(true)]);
  });

  test("grows only while all that its site begins fits, however many come at once; another site's have room", async () => {
    const { id, send } = await sender();
    await send(0, THIRD);
    const [siteKey] =
      begun()
        .find((name) => name.includes(id))
        ?.split("-") ?? [];
    const used = begun().filter((name) => name.startsWith(`${siteKey}-`)).length * THIRD;
    const hole = join(at.desk.files.incoming(), `${siteKey}-1-0-${v7()}.part`);
    closeSync(openSync(hole, "w"));
    const room = 2_000_000_000;
    truncateSync(hole, room - used - THIRD);
    const [one, other] = await Promise.all([sender(), sender()]);
    const statuses = (await Promise.all([one.send(0, THIRD), other.send(0, THIRD)])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([202, 429]);
    expect(await send(THIRD, 2 * THIRD)).toMatchObject({ status: 429, fault: "limited" });
    const elsewhere = join(at.desk.files.incoming(), `999-1-0-${v7()}.part`);
    renameSync(hole, elsewhere);
    expect((await send(THIRD, 2 * THIRD)).status).toBe(202);
    rmSync(elsewhere);
  });

  test("counts as an upload unless it goes on with one; a whole file is one wherever it says that it begins", async () => {
    const taken: string[] = [];
    const take = async (limit: string) => void taken.push(limit);
    const limits = { take, giveBack: async () => {} };
    const app = createVisitorFileRoutes(at.desk, { limits, trustProxy: 0 } as never);
    const { token } = await at.welcome();
    const ask = async (query: string) => {
      const form = new FormData();
      form.set("id", v7());
      form.set("file", new Blob(["words"]), "a.txt");
      const headers = { authorization: `Bearer ${token}` };
      const site = await at.desk.sites.byPublicKey(at.shop.publicKey);
      const seated = new Hono<HttpEnv>().use(async (c, next) => {
        c.set("site", site);
        await next();
      });
      await seated.route("/", app).request(`/${query}`, { method: "POST", body: form, headers });
      return taken.splice(0)[0];
    };
    expect(await ask("")).toBe("upload");
    expect(await ask("?from=1")).toBe("upload");
    expect(await ask("?from=0&size=9")).toBe("upload");
    expect(await ask("?from=1&size=9")).toBe("piece");
  });

  test("goes with the visitor who is erased, and a day after its last piece", async () => {
    const gone = await sender();
    await gone.send(0, THIRD);
    const stays = await sender();
    await stays.send(0, THIRD);
    await at.desk.erasure.erase(at.owner.actor, gone.visitor.id);
    await expect.poll(() => begun().some((name) => name.includes(gone.id))).toBe(false);
    expect(begun().some((name) => name.includes(stays.id))).toBe(true);

    const folder = at.desk.files.incoming();
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const name = begun().find((one) => one.includes(stays.id)) ?? "";
    utimesSync(join(folder, name), hoursAgo(23), hoursAgo(23));
    await at.desk.files.sweep();
    expect(begun()).toContain(name);
    utimesSync(join(folder, name), hoursAgo(25), hoursAgo(25));
    await at.desk.files.sweep();
    expect(begun()).not.toContain(name);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

const LARGE = 2 * 1024 * 1024;
const CHUNK = 64 * 1024;
/** What takes in files and articles as they come; nothing else is ever sent so much. */
const STREAMED = [
  "POST /api/session/photo",
  "POST /api/sites/:id/articles/import",
  "POST /api/sites/:id/files",
  "POST /api/widget/:key/files",
];

let desk: HttpDesk;
beforeAll(async () => {
  desk = await openHttpDesk();
});
afterAll(() => desk.close());

const writes = () => {
  const routes = desk.app.routes.filter(({ method }) => method !== "GET" && method !== "ALL");
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))];
};

/** Sends what is too much without saying so before; also returns how much of it was taken. */
async function send(route: string, word: string, headers: Record<string, string> = {}) {
  const [method = "", path = ""] = route.split(" ");
  let taken = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(stream) {
        if (taken >= LARGE) return stream.close();
        taken += CHUNK;
        stream.enqueue(new Uint8Array(CHUNK).fill(0x20));
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method, body, duplex: "half", headers: { "content-type": "application/json", ...headers } };
  const { status } = await desk.app.request(path.replace(/:\w+/g, word), init as RequestInit);
  return { status, taken };
}

describe.each(["files", "import", "photo", "articles"])("2 MB to a route whose places are all called %s", (word) => {
  test("are too large, unless it takes them in as they come", async () => {
    const read: string[] = [];
    for (const route of writes()) {
      const told = await send(route, word, { "content-length": String(LARGE) });
      const untold = await send(route, word);
      const refused = told.status === 413 && told.taken === 0 && untold.status === 413 && untold.taken < LARGE;
      if (!refused) read.push(route);
    }
    expect(read.sort()).toEqual(STREAMED);
  });
});

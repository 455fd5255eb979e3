import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createHttpEmbeddings, createSuggestIndex, type Embeddings } from "./index.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Knows three ideas and the words for them, in two languages that share no word. */
const IDEAS = [
  ["money", "refund", "rückerstattung", "erstattet"],
  ["parcel", "delivery", "sendung", "paket"],
  ["secret", "password", "kennwort", "passwort"],
];
const vectorOf = (text: string) =>
  IDEAS.map((words) => words.filter((word) => text.toLowerCase().includes(word)).length);
const byIdeas: Embeddings = { embed: async (texts) => texts.map(vectorOf) };

describe("embeddings", () => {
  it("find what no word of the question says", async () => {
    const index = shop(byIdeas);
    const q = "Wann wird das Geld erstattet?";
    await vi.waitFor(async () => expect(await index.meaning(q)).toBeDefined());
    expect(index.rank({ q }).abstained).toBe(true);
    expect(index.rank({ q, meaning: await index.meaning(q) }).ranked[0]?.id).toBe("refund");
  });

  it("add nothing where they are off", async () => {
    const index = shop(undefined);
    expect(await index.meaning("refund")).toBeUndefined();
    expect(index.rank({ q: "refund" }).ranked[0]?.id).toBe("refund");
  });

  it("forget an article that is gone", async () => {
    const index = shop(byIdeas);
    await vi.waitFor(async () => expect(await index.meaning("erstattet")).toBeDefined());
    index.remove("refund");
    const q = "erstattet";
    expect(index.rank({ q, meaning: await index.meaning(q) })).toMatchObject({ abstained: true });
  });

  it("delay nobody when the endpoint hangs, and wait for it once only", async () => {
    let hanging = false;
    let asked = 0;
    const { embeddings } = await endpoint((request, response) => {
      asked++;
      if (!hanging) answer(request, response);
    });
    const index = shop(embeddings);
    await vi.waitFor(async () => expect(await index.meaning("refund")).toBeDefined(), 5000);
    hanging = true;
    const before = asked;
    const start = performance.now();
    expect(await index.meaning("where is the parcel")).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2000);
    for (let i = 0; i < 20; i++) expect(await index.meaning(`another question ${i}`)).toBeUndefined();
    expect(asked).toBe(before + 1);
    expect(index.rank({ q: "where is my refund" }).ranked[0]?.id).toBe("refund");
  });

  it("speak as OpenAI's endpoint does, with the key in the header and vectors in any order", async () => {
    const heard: { path: string | undefined; key: string | undefined; body: unknown }[] = [];
    const { embeddings } = await endpoint(async (request, response) => {
      const body = JSON.parse(await bodyOf(request));
      heard.push({ path: request.url, key: request.headers.authorization, body });
      const data = [
        { index: 1, embedding: [0, 1] },
        { index: 0, embedding: [1, 0] },
      ];
      response.end(JSON.stringify({ data }));
    });
    expect(await embeddings.embed(["one", "two"], AbortSignal.timeout(5000))).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(heard).toEqual([
      { path: "/v1/embeddings", key: "Bearer secret", body: { input: ["one", "two"], model: "small" } },
    ]);
  });

  it("name no key and no model that they do not have, and keep what else the address says", async () => {
    const heard: unknown[] = [];
    const listener: RequestListener = async (request, response) => {
      const { model } = JSON.parse(await bodyOf(request)) as { model?: string };
      heard.push([request.url, request.headers.authorization, request.headers["content-type"], model]);
      response.end(JSON.stringify({ data: [{ index: 0, embedding: [1] }] }));
    };
    const json = "application/json";
    for (const [user, query] of [
      ["", ""],
      ["", "?model=small&version=2"],
      ["somebody:s%40cret@", "?version=2"],
    ] as const) {
      const { embeddings } = await endpoint(listener, user, query);
      expect(await embeddings.embed(["one"], AbortSignal.timeout(5000))).toEqual([[1]]);
    }
    expect(heard).toEqual([
      ["/v1/embeddings", undefined, json, undefined],
      ["/v1/embeddings?version=2", undefined, json, "small"],
      ["/v1/embeddings?version=2", "Bearer s@cret", json, undefined],
    ]);
  });

  it("refuse an answer that leaves a text out: the others would stand for what they do not say", async () => {
    const { embeddings } = await endpoint((_, response) =>
      response.end(JSON.stringify({ data: [{ index: 1, embedding: [1] }] })),
    );
    await expect(embeddings.embed(["one", "two"], AbortSignal.timeout(5000))).rejects.toThrow("left texts out");
  });

  it("refuse an answer that is none", async () => {
    const { embeddings } = await endpoint((_, response) => response.writeHead(500).end());
    await expect(embeddings.embed(["one"], AbortSignal.timeout(5000))).rejects.toThrow("500");
  });
});

const answer: RequestListener = async (request, response) => {
  const { input } = JSON.parse(await bodyOf(request)) as { input: string[] };
  response.end(JSON.stringify({ data: input.map((text, index) => ({ index, embedding: vectorOf(text) })) }));
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

async function endpoint(listener: RequestListener, user = "secret@", query = "?model=small") {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return { embeddings: createHttpEmbeddings(`http://${user}127.0.0.1:${port}/v1/embeddings${query}`) };
}

function shop(embeddings: Embeddings | undefined) {
  const index = createSuggestIndex({ train: false, embeddings });
  closing.push(() => index.close());
  const titles = { refund: "How to get a refund", parcel: "Follow your delivery", password: "Change your password" };
  for (const [id, title] of Object.entries(titles)) {
    index.put({ id, group: id, title, body: "", locale: "en", audience: "public", questions: [] });
  }
  return index;
}

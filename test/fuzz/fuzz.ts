import fc from "fast-check";
import { AgentCommand, AgentPulse, ClientPulse, type Reply, VisitorCommand } from "../../protocol/index.ts";
import { renderMarkdown } from "../../server/desk/markdown/markdown.ts";
import type { Handshake } from "../../server/live/peer.ts";
import { mintId } from "../../server/store/ids.ts";
import { HOME, SHOP } from "../support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../support/http-desk.ts";
import { helpArticles } from "./articles.ts";
import { anything, commands, mutated, spoiled } from "./garbage.ts";
import type { Counted, Found, Setting, Storm } from "./storm.ts";
import { serveWire } from "./wire.ts";

/*
 * A seeded storm over every way in: handshakes, packets, pulses, HTTP bodies and queries of every route that the server
 * describes, Markdown and imports, and the bytes of requests, frames and polls over the wire. It is a finding when anything
 * throws, answers 5xx, takes too long or is kept.
 */

const MARKDOWN_MS = 400;
const AT_ONCE = 200;
/** Routes that grow what is stored with every good request; spoiled ones are seldom good. */
const SHARES = {
  packets: 0.45,
  pulses: 0.1,
  handshakes: 0.05,
  http: 0.25,
  markdown: 0.04,
  imports: 0.01,
  requests: 0.05,
  frames: 0.03,
  polls: 0.02,
};
export type Kind = keyof typeof SHARES;
export const KINDS = Object.keys(SHARES) as Kind[];

export interface Findings {
  readonly tried: Record<string, number>;
  /** What was answered, by code or status. */
  readonly answers: Record<string, number>;
  readonly findings: string[];
  readonly seconds: number;
  /** Of the heap, in bytes, after the first tenth and at the end. */
  readonly heap: { early: number; late: number };
}

export async function fuzz({
  count,
  seed,
  kinds = KINDS,
  say = () => {},
}: {
  count: number;
  seed: number;
  /** Of these alone. */
  kinds?: readonly Kind[];
  say?: (line: string) => void;
}): Promise<Findings> {
  const desk = await openHttpDesk();
  const began = performance.now();
  const tried: Record<string, number> = {};
  const answers: Record<string, number> = {};
  const findings: string[] = [];
  const found = (what: string, input: unknown) => {
    if (findings.length < 50) findings.push(`${what}: ${String(JSON.stringify(input)).slice(0, 400)}`);
  };
  const counted = (kind: string, answer: string) => {
    tried[kind] = (tried[kind] ?? 0) + 1;
    answers[answer] = (answers[answer] ?? 0) + 1;
  };
  let early = 0;
  let closeWire = async () => {};
  try {
    const setting = await settle(desk);
    const inside = await createStorms(desk, setting, counted, found);
    const wire = await serveWire(desk, setting, counted, found);
    closeWire = wire.close;
    const storms = { ...inside, ...wire.storms };
    let done = 0;
    for (let round = 0; done < count; round++) {
      for (const kind of kinds) {
        const many = Math.max(1, Math.round(AT_ONCE * SHARES[kind]));
        // Its own seed for each round, so that one can be run again alone.
        await storms[kind](many, seed + round);
        done += many;
      }
      for (const error of desk.errors.splice(0))
        found("Unexpected", String((error as Error)?.stack ?? JSON.stringify(error)));
      if (early === 0 && done >= count / 10) early = heapNow();
      if (round % 500 === 499)
        say(`${done} tried, ${findings.length} found, ${Math.round((performance.now() - began) / 1000)} s`);
    }
    // The storm over, everybody is served.
    const after = await desk.ask("GET", "/api/session", { as: setting.owner });
    if (after.status !== 200) found("Not served after the storm", after.status);
    return { tried, answers, findings, seconds: (performance.now() - began) / 1000, heap: { early, late: heapNow() } };
  } finally {
    await closeWire();
    await desk.close();
  }
}

async function settle(desk: HttpDesk): Promise<Setting> {
  const { visitor, token } = await desk.welcome();
  const conversation = mintId();
  await desk.desk.asVisitor.execute(visitor, {
    type: "post",
    conversation: conversation as never,
    id: mintId() as never,
    text: "Hello",
  });
  const owner = await desk.keyOf("owner");
  const article = { title: "Returns", body: "Within 30 days.", locale: "en", visibility: "public", state: "published" };
  const made = await desk.ask<{ id: string }>("POST", `/api/sites/${desk.shop.id}/articles`, {
    as: owner,
    body: article,
  });
  return { conversation, token, owner, ids: { id: desk.shop.id, key: desk.shop.publicKey, article: made.body.id } };
}

async function createStorms(desk: HttpDesk, setting: Setting, counted: Counted, found: Found) {
  const { conversation, token, owner, ids } = setting;
  const { shop, gateway } = desk;
  const valid = commands(conversation, shop.id);
  const packet = fc.oneof(
    { weight: 4, arbitrary: fc.oneof(...valid.map(spoiled)) },
    { weight: 1, arbitrary: anything },
  );
  const handshakes: Record<"visitor" | "agent", Handshake> = {
    visitor: {
      auth: { v: 1, site: shop.publicKey, token },
      origin: SHOP,
      host: undefined,
      cookie: undefined,
      address: "::1",
    },
    agent: { auth: { v: 1, token: owner }, origin: HOME, host: undefined, cookie: undefined, address: "::1" },
  };
  const nowhere = { send: () => {}, close: () => {} };
  const open = async (namespace: "visitor" | "agent") => {
    const admitted = await gateway.admit(namespace, handshakes[namespace]);
    if ("fault" in admitted) throw new Error(admitted.fault.message);
    return admitted.start(nowhere);
  };
  const sessions = [await open("visitor"), await open("agent")] as const;
  const routes = await routesOf(desk);
  const markdown = fc.oneof(mutated(helpArticles()), fc.string({ unit: "binary", maxLength: 2_000 }));

  const packets: Storm = async (many, seed) => {
    const each = fc.sample(packet, { numRuns: many, seed });
    await Promise.all(
      each.map(async (raw, at) => {
        const live = sessions[at % 2];
        const reply = await new Promise<Reply>((resolve) => void live?.command(raw, resolve));
        counted("packets", reply.ok ? "ok" : reply.fault.code);
        if (!reply.ok && reply.fault.code === "unavailable") found("A packet broke something", raw);
      }),
    );
  };
  const pulses: Storm = async (many, seed) => {
    for (const [at, raw] of fc.sample(packet, { numRuns: many, seed }).entries()) {
      sessions[at % 2]?.pulse(raw);
      void sessions[at % 2]?.command(raw, at % 3 === 0 ? raw : undefined);
      counted("pulses", "heard");
    }
  };
  const knocks: Storm = async (many, seed) => {
    const auth = fc.oneof(anything, spoiled({ v: 1, site: shop.publicKey, token, since: { [conversation]: 1 } }));
    for (const [at, raw] of fc.sample(auth, { numRuns: many, seed }).entries()) {
      const namespace = at % 2 ? "visitor" : "agent";
      const admitted = await gateway.admit(namespace, { ...handshakes[namespace], auth: raw });
      counted("handshakes", "fault" in admitted ? admitted.fault.code : "ok");
      if ("fault" in admitted) {
        if (admitted.fault.code === "unavailable") found("A handshake broke something", raw);
      } else (await admitted.start(nowhere)).gone();
    }
  };
  const http: Storm = async (many, seed) => {
    const asked = fc.tuple(
      fc.constantFrom(...routes),
      fc.oneof(
        anything,
        fc.string({ unit: "binary", maxLength: 100 }).map((text) => ({ raw: text })),
      ),
      fc.webQueryParameters(),
      fc.boolean(),
      fc.nat({ max: 9 }),
    );
    await Promise.all(
      fc.sample(asked, { numRuns: many, seed }).map(async ([route, body, search, known, odd]) => {
        const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
          known ? (ids[name] ?? conversation) : encodeURIComponent(String(search).slice(0, 40) || "x"),
        );
        const response = await desk.app.request(`${path}?${search}`, {
          method: route.method,
          headers: {
            "content-type": odd === 0 ? "text/plain" : odd === 1 ? "application/x-ndjson" : "application/json",
            authorization: `Bearer ${path.startsWith("/api/widget/") ? token : owner}`,
            origin: SHOP,
          },
          ...(route.method !== "GET" && {
            body: typeof body === "object" && body && "raw" in body ? String(body.raw) : JSON.stringify(body ?? null),
          }),
        });
        await response.arrayBuffer();
        const { status } = response;
        counted("http", String(status));
        if (status >= 500 && status !== 501) found(`${route.method} ${path}?${search} answered ${status}`, body);
      }),
    );
  };
  const render: Storm = async (many, seed) => {
    for (const text of fc.sample(markdown, { numRuns: many, seed })) {
      const before = process.cpuUsage();
      try {
        renderMarkdown(text);
      } catch (error) {
        found(`Markdown threw ${error}`, text);
      }
      const took = process.cpuUsage(before).user / 1_000;
      counted("markdown", "drawn");
      if (took > MARKDOWN_MS) found(`Markdown took ${took} ms`, text);
    }
  };
  const imports: Storm = async (many, seed) => {
    const line = fc.oneof(
      markdown.map((body) => JSON.stringify({ title: "Fuzz", body, locale: "en", slug: "fuzz" })),
      anything.map((value) => JSON.stringify(value)),
      fc.string({ unit: "binary", maxLength: 200 }),
    );
    const body = fc.sample(fc.array(line, { maxLength: 4 }), { numRuns: many, seed }).map((lines) => lines.join("\n"));
    for (const text of body) {
      const response = await desk.app.request(`/api/sites/${shop.id}/articles/import`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${owner}` },
        body: text,
      });
      const answer = await response.text();
      counted("imports", String(response.status));
      if (response.status >= 500 || !answer.includes('"done":true'))
        found(`An import answered ${response.status} ${answer.slice(-100)}`, text);
    }
  };
  return { packets, pulses, handshakes: knocks, http, markdown: render, imports };
}

/** Every route that is described, but for those that would end the storm: sessions, keys and sites are not taken away. */
async function routesOf(desk: HttpDesk): Promise<{ method: string; path: string }[]> {
  const { body } = await desk.ask<{ paths: Record<string, object> }>("GET", "/api/openapi.json");
  return Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
      .filter((method) => !(method === "delete" && /visitors$/.test(path)))
      .map((method) => ({ method: method.toUpperCase(), path })),
  );
}

function heapNow(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/** Every schema of the contract takes anything, and says yes or no. */
export const SCHEMAS = { AgentCommand, AgentPulse, ClientPulse, VisitorCommand };

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, quantile } from "./latency.ts";
import type { Ready } from "./protocol.ts";

/*
 * `npm run bench -- help`: readers of the help centre beside readers of a page that only stands in memory, in one run, in
 * rounds that take turns. Every reader asks for a page, waits for all of it, and asks for the next: once as somebody new,
 * and once as somebody who has the page and brings its ETag.
 */

const READERS = 10;
const PAGES_EACH = 60;
const ROUNDS = 5;
const P99_MS = 20;

interface Shown {
  name: string;
  server: ChildProcess;
  url: string;
  paths: string[];
  /** By address. */
  etags: Map<string, string>;
}

interface Row {
  p50: number;
  p99: number;
  rate: number;
}

const folder = mkdtempSync(join(tmpdir(), "deskbell-bench-"));
const agent = new Agent({ keepAlive: true, maxSockets: READERS });
const servers: ChildProcess[] = [];
try {
  const bare = await open("bare page", "page.ts", () => ["/"]);
  const help = await open("help centre", "deskbell.ts", addresses);
  const kinds = ["new", "known"] as const;
  for (const shown of [bare, help]) await warm(shown);
  console.log(`${help.paths.length} pages, ${READERS} readers at once\n`);
  console.log(`${"".padEnd(28)}${"p50".padStart(10)}${"p99".padStart(10)}${"pages/s".padStart(10)}`);
  for (const kind of kinds) {
    const rounds = new Map<Shown, Row[]>([
      [bare, []],
      [help, []],
    ]);
    for (let round = 0; round < ROUNDS; round++)
      for (const [shown, rows] of round % 2 ? [...rounds].toReversed() : rounds) rows.push(await read(shown, kind));
    for (const [shown, rows] of rounds) tell(shown, kind, rows, shown === help);
  }
} finally {
  agent.destroy();
  for (const server of servers) {
    server.send("stop");
    await once(server, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
}

async function open(
  name: string,
  file: string,
  pathsOf: (ready: Ready, server: ChildProcess) => string[] | Promise<string[]>,
) {
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: "error" };
  const server = fork(join(import.meta.dirname, file), { env });
  servers.push(server);
  const [ready] = (await once(server, "message")) as [Ready];
  return {
    name,
    server,
    url: ready.url.replace("localhost", "127.0.0.1"),
    paths: await pathsOf(ready, server),
    etags: new Map(),
  };
}

/** Every page of the real help centre, once it is filled; those a search engine is told of. */
async function addresses({ url, site }: Ready, server: ChildProcess): Promise<string[]> {
  const filled = once(server, "message");
  server.send("fill");
  await filled;
  const map = await (await fetch(`${url}/help/${site}/sitemap.xml`)).text();
  return Array.from(map.matchAll(/<loc>https?:\/\/[^/]+(\/[^<]*)<\/loc>/g), ([, path = ""]) => path).slice(0, 300);
}

/** Every page is drawn once, and its ETag kept. */
async function warm(shown: Shown): Promise<void> {
  for (const path of shown.paths) {
    const { status, etag } = await ask(shown.url + path, {});
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    shown.etags.set(path, etag ?? "");
  }
}

async function read({ url, paths, etags }: Shown, kind: "new" | "known"): Promise<Row> {
  const took: number[] = [];
  let next = 0;
  const reader = async () => {
    for (let page = 0; page < PAGES_EACH; page++) {
      const path = paths[next++ % paths.length] ?? "/";
      const started = performance.now();
      const headers = kind === "known" ? { "if-none-match": etags.get(path) ?? "" } : {};
      const { status } = await ask(url + path, headers);
      took.push(performance.now() - started);
      if (status !== (kind === "known" ? 304 : 200)) throw new Error(`${path} answered ${status}`);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: READERS }, reader));
  const seconds = (performance.now() - started) / 1000;
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), rate: took.length / seconds };
}

async function ask(url: string, headers: Record<string, string>) {
  const request = get(url, { agent, headers: { "accept-encoding": "gzip", "user-agent": "Reader", ...headers } });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return { status: response.statusCode, etag: response.headers.etag };
}

function tell({ name }: Shown, kind: string, rows: Row[], judged: boolean): void {
  const of = (key: keyof Row) => median(rows.map((row) => row[key]));
  const holds = of("p99") < P99_MS;
  if (judged && !holds) process.exitCode = 1;
  const mark = judged ? `  p99 < ${P99_MS} ms ${holds ? "ok" : "MISSED"}` : "";
  const ms = (value: number) => `${value.toFixed(2)} ms`.padStart(10);
  const title = `${name}, ${kind === "known" ? "with its ETag" : "whole"}`;
  console.log(`${title.padEnd(28)}${ms(of("p50"))}${ms(of("p99"))}${of("rate").toFixed(0).padStart(10)}${mark}`);
}

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/* The server as it is run in earnest: a process of its own, on a folder of its own, that can be killed. */

export const OWNER = { email: "olga@desk.example", password: "correct horse battery" };
const ROOT = join(import.meta.dirname, "../..");
const LISTENS_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 25;
/** What is kept of what a process said. */
const SAID_LINES = 200;

export interface ServerOptions {
  /** More environment, such as a preloaded library. */
  env?: Record<string, string>;
  /** Node's own arguments, such as a hook. */
  nodeArgs?: readonly string[];
  /** What stands before the program, such as a limit of the shell. */
  under?: readonly string[];
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Whether the trial asked for it. */
  expected: boolean;
}

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly file: string;
  readonly pid: number | undefined;
  readonly running: boolean;
  /** How each process of it ended. */
  readonly exits: readonly Exit[];
  /** When the newest process was started, by `performance.now()`. */
  readonly startedAt: number;
  /** What it wrote to its outputs, newest last. */
  readonly said: readonly string[];
  options: ServerOptions;
  /** Starts a process and resolves once it listens; rejects when it ends instead. */
  start(): Promise<void>;
  /** Starts a process without waiting for anything. */
  launch(): void;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and resolves to how it ended and after how many milliseconds. */
  stop(): Promise<Exit & { afterMs: number }>;
  /** Resolves once the running process has ended; at once where none runs. */
  ended(): Promise<Exit | undefined>;
  /** Says that the next end is wanted. */
  expectExit(): void;
  /** Resident memory in bytes. */
  memory(): number;
  /** Kills what runs and removes the folder. */
  remove(): Promise<void>;
}

/** A server on a free port; it keeps port and folder through its restarts. */
export async function createServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "deskbell-faults-"));
  const exits: Exit[] = [];
  const said: string[] = [];
  let child: ChildProcess | undefined;
  let gone: Promise<Exit> | undefined;
  let expected = false;
  let startedAt = 0;

  const server: ServerProcess = {
    url: `http://127.0.0.1:${port}`,
    port,
    folder,
    file: join(folder, "deskbell.db"),
    get pid() {
      return child?.pid;
    },
    get running() {
      return child !== undefined;
    },
    get startedAt() {
      return startedAt;
    },
    exits,
    said,
    options,
    launch() {
      if (child) throw new Error("The server runs already");
      expected = false;
      startedAt = performance.now();
      const { env = {}, nodeArgs = [], under = [] } = server.options;
      const words = [...under, process.execPath, ...nodeArgs, "server/main.ts"];
      const [program = process.execPath, ...args] = words;
      const started = spawn(program, args, {
        cwd: ROOT,
        env: environment(port, folder, env),
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = started;
      for (const output of [started.stdout, started.stderr]) {
        output?.setEncoding("utf8").on("data", (text: string) => {
          said.push(...text.split("\n").filter(Boolean));
          said.splice(0, said.length - SAID_LINES);
        });
      }
      gone = new Promise((resolve) => {
        started.once("close", (code, signal) => {
          const exit = { code, signal, expected };
          exits.push(exit);
          child = undefined;
          resolve(exit);
        });
      });
    },
    async start() {
      server.launch();
      const end = performance.now() + LISTENS_WITHIN_MS;
      while (!(await isReady(server.url))) {
        if (!child) throw new Error(`The server ended: ${said.slice(-8).join("\n")}`);
        if (performance.now() > end) throw new Error(`The server does not listen: ${said.slice(-8).join("\n")}`);
        await sleep(LOOK_EVERY_MS);
      }
    },
    signal: (signal) => void child?.kill(signal),
    async kill() {
      expected = true;
      child?.kill("SIGKILL");
      await gone;
    },
    async stop() {
      expected = true;
      const asked = performance.now();
      child?.kill("SIGTERM");
      const exit = await gone;
      if (!exit) throw new Error("No server runs");
      return { ...exit, afterMs: performance.now() - asked };
    },
    async ended() {
      return child ? gone : exits.at(-1);
    },
    expectExit() {
      expected = true;
    },
    memory() {
      const status = readFileSync(`/proc/${child?.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    },
    async remove() {
      child?.kill("SIGCONT");
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return server;
}

/** Whether the server answers that it is ready. */
export function isReady(url: string, withinMs = 2_500): Promise<boolean> {
  return new Promise((resolve) => {
    // A connection of its own: one that is kept may belong to a process that is gone.
    const request = get(`${url}/readyz`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", () => resolve(false));
    setTimeout(() => {
      request.destroy();
      resolve(false);
    }, withinMs).unref();
  });
}

function environment(port: number, folder: string, more: Record<string, string>): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: folder,
    LOG_LEVEL: "warn",
    DESKBELL_LIMITS: "off",
    DESKBELL_OWNER_EMAIL: OWNER.email,
    DESKBELL_OWNER_PASSWORD: OWNER.password,
    ...more,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("No port")),
      );
    });
  });
}

import { Hono } from "hono";
import type { Registry } from "prom-client";
import { mintId } from "../store/ids.ts";
import type { Store } from "../store/port.ts";
import type { HttpEnv } from "./env.ts";

/** Whoever asks whether we are ready does not wait long for it. */
const READY_WITHIN_MS = 2_000;

export interface HealthParts {
  store: Store;
  registry: Registry;
  /** Whether the server takes anything on: not any more while it stops. */
  ready(): boolean;
}

/** `/healthz`: the process answers. `/readyz`: and so does the store, for writing too. `/metrics`: for Prometheus. */
export function createHealthRoutes({ store, registry, ready }: HealthParts): Hono<HttpEnv> {
  let looking: Promise<boolean> | undefined;
  // One look answers all who ask meanwhile: it writes, anybody may ask, and the line of writes has an end.
  const look = () => {
    looking ??= answers(store).finally(() => {
      looking = undefined;
    });
    return looking;
  };
  return new Hono<HttpEnv>()
    .get("/healthz", (c) => c.json({ ok: true }))
    .get("/readyz", async (c) => {
      const ok = ready() && (await inTime(look()));
      return c.json({ ok }, ok ? 200 : 503);
    })
    .get("/metrics", async (c) => c.body(await registry.metrics(), 200, { "content-type": registry.contentType }));
}

async function answers(store: Store): Promise<boolean> {
  try {
    await store.read((db) => db.sql.selectFrom("meta").select("key").limit(1).execute());
    // A page must change, or a disk that is full or cannot be written to would not be asked.
    const probe = { key: "probe", value: mintId() };
    await store.write((db) =>
      db.sql
        .insertInto("meta")
        .values(probe)
        .onConflict((known) => known.column("key").doUpdateSet({ value: probe.value }))
        .execute(),
    );
    return true;
  } catch {
    return false;
  }
}

function inTime(answer: Promise<boolean>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, READY_WITHIN_MS, false);
    void answer.then((ok) => {
      clearTimeout(timer);
      resolve(ok);
    });
  });
}

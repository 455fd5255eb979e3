import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { report } from "./usage.ts";

/* The least that could answer: one page that never changes, from memory, with an ETag. */

const ETAG = '"bare"';
const LENGTH = 20_000;

const text = `<!doctype html><title>Page</title><p>${"word ".repeat(LENGTH / 5)}`;
const app = new Hono().get("*", (c) => {
  c.header("etag", ETAG);
  return c.req.header("if-none-match") === ETAG ? c.body(null, 304) : c.html(text);
});
const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  process.send?.({ type: "ready", url: `http://127.0.0.1:${port}` });
});
report(() => {
  server.close();
  process.exit(0);
});

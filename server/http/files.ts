import { type Context, Hono } from "hono";
import * as v from "valibot";
import { FileCard, refuse } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import type { Served, Use } from "../desk/files/files.ts";
import { networkOf } from "../limits.ts";
import { KINDS } from "../store/events.ts";
import { addressOf } from "./address.ts";
import { bearerOf } from "./auth.ts";
import { describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { receive } from "./file-upload.ts";
import type { RouteParts } from "./parts.ts";

const Uploaded = v.object({ file: FileCard });
const USES: readonly string[] = ["message", "article"] satisfies Use[];

/** Nobody's browser runs what stands here, whatever it is. */
const INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/** An address is one file for ever; only who was sent it keeps a copy, and not beyond an hour: it may be erased. */
const PRIVATE = "private, max-age=3600";
const OPEN = "public, max-age=31536000, immutable";

/** `POST /api/widget/:key/files`, behind `widget-origin.ts`. */
export function createVisitorFileRoutes(desk: Desk, { limits, trustProxy }: RouteParts): Hono<HttpEnv> {
  const about = { tags: ["Widget"] };
  return new Hono<HttpEnv>().post(
    "/",
    describes("Upload a file for a message: a form with `file`, and `id` to try again under", { 201: Uploaded }, about),
    async (c) => {
      const { site } = c.var;
      const token = bearerOf(c) ?? refuse("unauthorized", "Send Authorization: Bearer vt_…");
      const visitor = await desk.visitors.recognise(site, token);
      await limits.take("upload", visitor.id);
      await limits.take("upload-network", networkOf(addressOf(c, trustProxy)));
      const by = { kind: KINDS.visitor, author: visitor.key };
      await desk.files.admit(by, site);
      const room = { folder: desk.files.incoming(), largest: desk.files.largest(site) };
      return answer(c, await receive(c.req.raw, room, (upload) => desk.files.add(by, site, upload, "message")));
    },
  );
}

/** `POST /api/sites/:id/files`, behind `requireAgent`; `?for=article` for a picture that everybody may see. */
export function createAgentFileRoutes(desk: Desk): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post(
    "/:id/files",
    describes("Upload a file for a reply, or with `?for=article` a picture for an article", { 201: Uploaded }),
    async (c) => {
      const { agent } = c.var;
      const site = await desk.sites.forAgent(agent, c.req.param("id"));
      const use = c.req.query("for") ?? "message";
      if (!isUse(use)) return refuse("invalid", "Expected message or article", { field: "for" });
      const by = { kind: KINDS.agent, author: agent.key };
      await desk.files.admit(by, site);
      const room = { folder: desk.files.incoming(), largest: desk.files.largest(site) };
      return answer(c, await receive(c.req.raw, room, (upload) => desk.files.add(by, site, upload, use)));
    },
  );
}

/** `GET /files/:id/:signature`: for whoever was sent the address. Never for a browser to run. */
export function createFileRoutes({ files }: Pick<Desk, "files">): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get("/:id/:signature", async (c) => {
    const { id, signature } = c.req.param();
    const tag = `"${id}"`;
    const served = await files.open(id, signature);
    const headers = headersOf(served, tag);
    if (c.req.header("if-none-match") === tag || c.req.method === "HEAD") {
      await served.body.cancel();
      return new Response(null, { status: c.req.method === "HEAD" ? 200 : 304, headers });
    }
    return new Response(served.body, { headers });
  });
}

function answer(c: Context, { file, again }: Awaited<ReturnType<Desk["files"]["add"]>>) {
  return c.json({ file }, again ? 200 : 201);
}

function headersOf({ picture, type, name, size, open }: Served, tag: string): Record<string, string> {
  return {
    // A browser that ignores all else has no type here that it could run.
    "content-type": picture ? type : type === "application/pdf" ? type : "application/octet-stream",
    "content-length": String(size),
    "content-disposition": `${picture ? "inline" : "attachment"}; ${fileName(name)}`,
    "content-security-policy": INERT,
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "cache-control": open ? OPEN : PRIVATE,
    etag: tag,
    ...(!open && { "x-robots-tag": "noindex" }),
  };
}

/** RFC 6266, with a name in ASCII for what reads no other. */
function fileName(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function isUse(text: string): text is Use {
  return USES.includes(text);
}

import { type Context, Hono } from "hono";
import * as v from "valibot";
import { FileCard, refuse } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import type { Served, Use } from "../desk/files/files.ts";
import { KINDS } from "../store/events.ts";
import { networkFrom } from "./address.ts";
import { bearerOf } from "./auth.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import { FORM, type Room, receive, tooLarge } from "./file-upload.ts";
import type { RouteParts } from "./parts.ts";

const Uploaded = v.object({ file: FileCard });
const Received = v.object({ received: v.number() });
const Bytes = v.pipe(v.string(), v.regex(/^\d{1,12}$/, "Expected a number of bytes"), v.transform(Number));
/** Of a file in pieces: where this one begins, and how many bytes all of them have. */
const PieceQuery = v.object({
  from: v.optional(Bytes, "0"),
  size: v.optional(v.pipe(Bytes, v.minValue(1, "An empty file is not taken"))),
});
/** Several times what the widget sends: what is not the next piece has been written for nothing. */
const LONGEST_PIECE = 8_000_000;
const UseQuery = v.object({ for: v.optional(v.picklist(["message", "article"] satisfies Use[]), "message") });

/** Nobody's browser runs what stands here, whatever it is. */
const INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/** An address is one file for ever; only who was sent it keeps a copy, and not beyond an hour: it may be erased. */
const PRIVATE = "private, max-age=3600";
const OPEN = "public, max-age=31536000, immutable";

/** `POST /api/widget/:key/files`, behind `widget-origin.ts`. */
export function createVisitorFileRoutes(desk: Desk, { limits, trustProxy }: RouteParts): Hono<HttpEnv> {
  const about = { tags: ["Widget"], takes: FORM };
  return new Hono<HttpEnv>().post(
    "/",
    describes(
      "Upload a file for a message: a form with `file`, and `id` to try again under. With `size`, one piece of it: `received` says where the next begins, `file` that it was the last; an empty one only asks",
      { 200: Uploaded, 201: Uploaded, 202: Received },
      about,
    ),
    query(PieceQuery),
    async (c) => {
      const { site } = c.var;
      const { from, size } = c.req.valid("query");
      const token = bearerOf(c) ?? refuse("unauthorized", "Send Authorization: Bearer vt_…");
      const visitor = await desk.visitors.recognise(site, token);
      const network = networkFrom(c, trustProxy);
      // A file counts once, with its first piece.
      const first = size === undefined || from === 0;
      await limits.take(first ? "upload" : "piece", visitor.id);
      await limits.take(first ? "upload-network" : "piece-network", network);
      const by = { kind: KINDS.visitor, author: visitor.key };
      await desk.files.admit(by, site);
      const room = { folder: desk.files.incoming(), largest: desk.files.largest(site) };
      if (size === undefined)
        return answer(c, await receive(c.req.raw, room, (upload) => desk.files.add(by, site, upload, "message")));
      const added = await receive(c.req.raw, roomOf({ from, size }, room), (upload) =>
        desk.files.addPiece(by, site, { from, size, id: upload.id ?? "" }, upload),
      );
      return "file" in added ? answer(c, added) : c.json(added, 202);
    },
  );
}

/** `POST /api/sites/:id/files`, behind `requireAgent`; `?for=article` for a picture that everybody may see. */
export function createAgentFileRoutes(desk: Desk): Hono<HttpEnv> {
  return new Hono<HttpEnv>().post(
    "/:id/files",
    describes(
      "Upload a file for a reply, or with `?for=article` a picture for an article",
      { 200: Uploaded, 201: Uploaded },
      { takes: FORM },
    ),
    query(UseQuery),
    async (c) => {
      const { agent } = c.var;
      const site = await desk.sites.forAgent(agent, c.req.param("id"));
      const { for: use } = c.req.valid("query");
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

/** A piece is no longer than what is left of its file, and never long. */
function roomOf({ from, size }: { from: number; size: number }, room: Room): Room {
  if (size > room.largest) throw tooLarge(room);
  if (from > size) return refuse("invalid", "The piece begins behind the end", { field: "from" });
  return { ...room, largest: Math.min(LONGEST_PIECE, Math.max(1, size - from)) };
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

import type { Hono } from "hono";
import type { FileCard } from "../../protocol/index.ts";
import type { HttpEnv } from "../../server/http/env.ts";
import { SHOP } from "./desk.ts";
import type { Answer } from "./http-desk.ts";

export interface Sent {
  /** A visitor's token. */
  token: string;
  name?: string;
  bytes: Uint8Array | string;
  id?: string;
  type?: string;
  /** Where it begins, of a file of so many bytes: `bytes` is one piece of it. */
  piece?: { from: number; size: number };
  headers?: Record<string, string>;
}

export interface Uploaded {
  file: FileCard;
  /** In place of it, while bytes are missing. */
  received?: number;
}

/** Uploads as the widget on one of the site's pages does. */
export async function upload(app: Hono<HttpEnv>, key: string, sent: Sent): Promise<Answer<Uploaded>> {
  const { token, piece, headers = {} } = sent;
  const request = { authorization: `Bearer ${token}`, origin: SHOP, ...headers };
  const query = piece ? `?from=${piece.from}&size=${piece.size}` : "";
  return sendForm(app, `/api/widget/${key}/files${query}`, sent, request);
}

/** Uploads as the console, or a program, does. */
export async function sendForm(
  app: Hono<HttpEnv>,
  path: string,
  { bytes, name = "notes.txt", id, type = "" }: Omit<Sent, "token" | "piece" | "headers">,
  headers: Record<string, string>,
): Promise<Answer<Uploaded>> {
  const form = new FormData();
  if (id !== undefined) form.set("id", id);
  form.set("file", new Blob([bytes as BlobPart], { type }), name);
  const response = await app.request(path, { method: "POST", body: form, headers });
  const body = (await response.json()) as Uploaded & { fault?: { code: string } };
  return { status: response.status, headers: response.headers, body, fault: body.fault?.code };
}

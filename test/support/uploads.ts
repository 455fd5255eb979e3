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
  headers?: Record<string, string>;
}

/** Uploads as the widget on one of the site's pages does. */
export async function upload(app: Hono<HttpEnv>, key: string, sent: Sent): Promise<Answer<{ file: FileCard }>> {
  const { token, headers = {} } = sent;
  const request = { authorization: `Bearer ${token}`, origin: SHOP, ...headers };
  return sendForm(app, `/api/widget/${key}/files`, sent, request);
}

/** Uploads as the console, or a program, does. */
export async function sendForm(
  app: Hono<HttpEnv>,
  path: string,
  { bytes, name = "notes.txt", id, type = "" }: Omit<Sent, "token" | "headers">,
  headers: Record<string, string>,
): Promise<Answer<{ file: FileCard }>> {
  const form = new FormData();
  if (id !== undefined) form.set("id", id);
  form.set("file", new Blob([bytes as BlobPart], { type }), name);
  const response = await app.request(path, { method: "POST", body: form, headers });
  const body = (await response.json()) as { file: FileCard; fault?: { code: string } };
  return { status: response.status, headers: response.headers, body, fault: body.fault?.code };
}

import { v7 } from "uuid";
import { HOME, SHOP } from "../support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../support/http-desk.ts";
import type { Sent } from "../support/uploads.ts";
import { upload } from "../support/uploads.ts";

/** A desk whose files are attacked, and the ways to them. */
export interface FilesDesk extends HttpDesk {
  /** Uploads as a visitor, at the shop unless told otherwise. */
  send(sent: Sent, key?: string): ReturnType<typeof upload>;
  /** Fetches by the address alone, as whoever was sent it does. */
  fetchFile(url: string, headers?: Record<string, string>): Promise<Response>;
  /** A visitor's message that takes files along. */
  post(token: string, conversation: string, files: unknown[], more?: object): ReturnType<typeof posting>;
}

export async function openFilesDesk(): Promise<FilesDesk> {
  const desk = await openHttpDesk();
  return {
    ...desk,
    send: (sent, key = desk.shop.publicKey) => upload(desk.app, key, sent),
    fetchFile: async (url, headers = {}) => desk.app.request(url.replace(HOME, ""), { headers }),
    post: (token, conversation, files, more = {}) => posting(desk, token, { conversation, files, ...more }),
  };
}

function posting(desk: HttpDesk, token: string, more: object) {
  return desk.ask<{ ok: boolean; fault?: { code: string; field?: string }; event?: { files?: { url: string }[] } }>(
    "POST",
    `/api/widget/${desk.shop.publicKey}/commands`,
    {
      body: { type: "post", id: v7(), text: "", ...more },
      headers: { origin: SHOP, authorization: `Bearer ${token}` },
    },
  );
}

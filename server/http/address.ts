import type { IncomingMessage } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { HttpEnv } from "./env.ts";

/**
 * The client's address, believing as many proxies before us as the owner said, and no more: whoever can write the
 * header could otherwise be somebody else for every guess.
 */
export function clientAddress(request: IncomingMessage | undefined, trusted: number): string {
  const direct = request?.socket.remoteAddress ?? "";
  if (trusted === 0) return direct;
  const forwarded = String(request?.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  return forwarded.at(-trusted) ?? forwarded[0] ?? direct;
}

/** The same, of whoever asks over HTTP. */
export function addressOf(c: Context<HttpEnv>, trusted: number): string {
  return clientAddress(((c.env ?? {}) as Partial<HttpBindings>).incoming, trusted);
}

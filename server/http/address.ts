import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { networkOf, subscriberOf } from "../limits.ts";
import type { HttpEnv } from "./env.ts";

/** So many browsers behind one address are told apart: enough for an office, and no name that somebody makes up is a new one. */
const MOST_BROWSERS = 64;
/** Some proxies name the port as well, which is another with every connection: `1.2.3.4:50123`, `[2001:db8::1]:50123`. */
const PORT = /^(?:\[(.+)\]|([\d.]+)):\d+$/;

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
  return (forwarded.at(-trusted) ?? forwarded[0] ?? direct).replace(PORT, "$1$2");
}

/** The same, of whoever asks over HTTP. */
export function addressOf(c: Context<HttpEnv>, trusted: number): string {
  return clientAddress(((c.env ?? {}) as Partial<HttpBindings>).incoming, trusted);
}

/** What limits count of whoever asks: their address, or as much of it as they share with nobody. */
export function subscriberFrom(c: Context<HttpEnv>, trusted: number): string {
  return subscriberOf(addressOf(c, trusted));
}

/** What limits count of whoever guesses: their network. */
export function networkFrom(c: Context<HttpEnv>, trusted: number): string {
  return networkOf(addressOf(c, trusted));
}

/** The address, and which of the browsers behind it: people in one office are not one person. Nothing of either is kept. */
export function browserOf(c: Context<HttpEnv>, trusted: number): string {
  const [byte = 0] = createHash("sha256")
    .update(c.req.header("user-agent") ?? "")
    .digest();
  return `${addressOf(c, trusted)} ${byte % MOST_BROWSERS}`;
}

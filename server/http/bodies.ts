import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { COMMAND_BYTES, refuse } from "../../protocol/index.ts";

const BODY_BYTES = 1024 * 1024;
/**
 * The routes that take their bodies in as they come: an import line by line, of any size; files by their sites' own limits.
 * Each is named whole, because a body without a limit lies in memory wherever else it is read.
 */
const STREAMED = /^\/api\/(session\/photo|sites\/[^/]+\/(files|articles\/import)|widget\/[^/]+\/files)$/;

/** How much a request may hold. Commands are small. */
export function limitBodies(): MiddlewareHandler {
  const limitTo = (maxSize: number) =>
    bodyLimit({ maxSize, onError: () => refuse("too-large", `A request here holds at most ${maxSize} bytes`) });
  const [small, usual] = [limitTo(COMMAND_BYTES), limitTo(BODY_BYTES)];
  return (c, next) => {
    const { method, path } = c.req;
    // Node hands over no body of these, and to look for one makes a whole second request.
    if (method === "GET" || method === "HEAD") return next();
    if (method === "POST" && STREAMED.test(path)) return next();
    return path.endsWith("/commands") ? small(c, next) : usual(c, next);
  };
}

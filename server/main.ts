import { enableCompileCache, flushCompileCache } from "node:module";

/*
 * The program that stays: `node server/main.ts`. Compiled code is kept between starts, which halves the time until a
 * server that was killed answers again; so nothing may be imported before that is said.
 */

enableCompileCache();
const { run } = await import("./start.ts");
await run();
// A server that is killed writes nothing as it ends.
flushCompileCache();

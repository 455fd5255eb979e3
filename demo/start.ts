import { run, sentenceFor } from "../server/start.ts";
import { buildIfStale } from "./build.ts";
import { startDemo } from "./demo.ts";
import { SeedError } from "./seed.ts";

const say = (line: string) => console.log(line);
const env = { ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" };

const USAGE = `npm start              the server, and a demo shop with people in it
npm start -- --bare    the server alone, empty at its first start`;
const [argument] = process.argv.slice(2);

try {
  if (argument !== undefined && argument !== "--bare") {
    say(USAGE);
    process.exitCode = argument === "--help" ? 0 : 1;
  } else if (argument === "--bare") {
    await buildIfStale(say);
    await run(process.env);
  } else {
    const demo = await startDemo({ env, serve: run, build: () => buildIfStale(say), say });
    const { server, shop, siteKey } = demo;
    say(`
  The shop      ${shop.url}
  The console   ${await demo.signInUrl()}
                (this link signs you in once; afterwards ${server.url}/console)
  The snippet   <script async src="${server.url}/widget.js" data-site="${siteKey}"></script>

  Ctrl+C stops it.
`);
  }
} catch (error) {
  console.error(error instanceof SeedError ? error.message : sentenceFor(error));
  process.exit(1);
}

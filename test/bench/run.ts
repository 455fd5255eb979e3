import { compare } from "./compare.ts";

/*
 * `npm run bench` measures the main job beside a bare relay. `npm run bench -- NAME` measures one part: `suggest` the
 * answers found, `load` many people at once, `widget` a visitor's page, `help` the help centre.
 */

const PARTS: Record<string, () => Promise<unknown>> = {
  suggest: () => import("./suggest.ts"),
  load: () => import("./load.ts"),
  help: () => import("./help.ts"),
  widget: () => import("./widget.ts").then(({ benchWidget }) => benchWidget()),
};

const [name] = process.argv.slice(2);
if (name === undefined) {
  await compare({ throughput: 0.35, addedP50Ms: 1, idleMemory: 1.5 }, { typing: true });
} else {
  const part = PARTS[name];
  if (!part) throw new Error(`No such bench: ${name}. There are ${Object.keys(PARTS).join(", ")}.`);
  await part();
}

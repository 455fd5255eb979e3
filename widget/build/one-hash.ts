import { createHash } from "node:crypto";
import type { Plugin, Rollup } from "vite";

/** How names of files end until it is known what all of them hold. */
export const UNHASHED = "-unhashed.js";

/**
 * One hash for all files, of all that they hold: the app knows it by its own address, without a table of thirty. Nearly
 * every file was another with each release already, because it imports the app, which named the others by their hashes.
 */
export function oneHash(): Plugin {
  return {
    name: "deskbell:one-hash",
    apply: "build",
    generateBundle(_, bundle) {
      nameByContent(Object.values(bundle).filter((output) => output.type === "chunk"));
    },
  };
}

export function nameByContent(chunks: Pick<Rollup.OutputChunk, "code" | "fileName">[]) {
  const sum = createHash("sha256");
  for (const { code, fileName } of chunks) sum.update(`${fileName}\n${code}\n`);
  const ending = `-${sum.digest("base64url").slice(0, 8)}.js`;
  for (const chunk of chunks) {
    chunk.code = chunk.code.replaceAll(UNHASHED, ending);
    chunk.fileName = chunk.fileName.replace(UNHASHED, ending);
  }
}

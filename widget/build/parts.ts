import { resolve } from "node:path";
import type { Plugin } from "vite";
import { UNHASHED } from "./one-hash.ts";

const ROOT = resolve(import.meta.dirname, "..");
/** Not where it names a type. */
const IMPORT = /(?<!typeof )\bimport\(("[^"]*")\)/g;
/** As the chunk holds it, once the bundler knows the file and what of it the module is. */
const NAMED = new RegExp(
  `fetchPart\\(\\(\\) => import\\("\\./(.*?)${UNHASHED}"\\)((?:\\.then\\(\\(\\w+\\) => \\w+\\.\\w+\\))?)\\)`,
  "g",
);

/** Has the widget's dynamic imports go through `fetchPart`, by the names of parts, so that what failed can be had again. */
export function partsAgain(): Plugin {
  return {
    name: "deskbell:parts-again",
    apply: "build",
    transform(code, id) {
      if (!id.startsWith(`${ROOT}/`) || id.endsWith("/part.ts") || !/\.tsx?$/.test(id)) return;
      const wrapped = code.replace(IMPORT, "fetchPart(() => import($1))");
      if (wrapped === code || code.includes("import { fetchPart }")) return wrapped;
      return `import { fetchPart } from "${ROOT}/part.ts";\n${wrapped}`;
    },
    renderChunk(code, { name }) {
      const named = code.replace(NAMED, 'fetchPart("$1")$2');
      if (/fetchPart\(\(\)/.test(named)) this.error(`A dynamic import of ${name} is no file of its own`);
      return named;
    },
  };
}

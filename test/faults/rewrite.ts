import { registerHooks } from "node:module";

/** Text of one of the product's files to be replaced while it is loaded. */
export interface Rewrite {
  /** The end of the file's path. */
  file: string;
  find: string;
  put: string;
}

/**
 * Changes the product as it is loaded, so that nothing in it needs a switch for tests. Ends the process when a text is
 * not found: a breakage that breaks nothing would prove nothing.
 */
export function rewriteOnLoad(rewrites: readonly Rewrite[]): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const ours = rewrites.filter(({ file }) => url.endsWith(file));
      if (ours.length === 0 || loaded.source === null || loaded.source === undefined) return loaded;
      let source =
        typeof loaded.source === "string" ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString("utf8");
      for (const { file, find, put } of ours) {
        if (!source.includes(find)) {
          console.error(`Cannot rewrite ${file}: it does not contain\n${find}`);
          process.exit(70);
        }
        source = source.replaceAll(find, () => put);
      }
      return { ...loaded, source };
    },
  });
}

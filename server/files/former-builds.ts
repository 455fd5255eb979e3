import { constants, existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { sync } from "./sync.ts";

const KEPT_MS = 28 * 24 * 60 * 60 * 1000;
/** Of 0.6 MB each; whoever builds more often than twice a day keeps the newest. */
const KEPT_BUILDS = 50;

/** A file of a build, by its whole name (`widget/build/one-hash.ts`): no name of another shape leads anywhere. */
const NAMED = /^[\w-]+-([\w-]{8})\.js$/;
const APP = /^app-([\w-]{8})\.js$/;

/** The widget's files of builds that were served before, for pages which are still open from then. */
export interface FormerBuilds {
  /**
   * Keeps a copy of the present build, notes that it was served now, and drops builds that were not served for four
   * weeks. Rejects where the disk does not take it: then only pages that are open at the next upgrade miss something.
   */
  keep(): Promise<void>;
  /** Where a file lies that some build kept here holds; a browser's address with its `.br` beside it. */
  find(name: string): string | undefined;
}

/** From the folder of built files (`dist/widget/assets`) into one of the data directory, a folder a build. */
export function createFormerBuilds({
  assets,
  folder,
  clock,
}: {
  assets: string;
  folder: string;
  clock: Pick<Clock, "now">;
}): FormerBuilds {
  const copy = async (build: string, names: readonly string[]) => {
    const part = join(folder, `${build}.part`);
    await mkdir(part, { recursive: true });
    try {
      for (const name of names) {
        const to = join(part, name);
        await copyFile(join(assets, name), to, constants.COPYFILE_FICLONE);
        // Both builds send the same `Last-Modified`.
        const { atime, mtime } = await stat(join(assets, name));
        await utimes(to, atime, mtime);
        // A power cut would leave an empty file under a name that browsers keep for a year.
        await sync(to);
      }
      await rename(part, join(folder, build));
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      throw error;
    }
  };

  const dropOld = async (present: string) => {
    const others = (await readdir(folder)).filter((name) => name !== present).map((name) => join(folder, name));
    const seen = await Promise.all(others.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
    seen.sort((a, b) => b.at - a.at);
    for (const [index, { path, at }] of seen.entries())
      if (index >= KEPT_BUILDS || at < clock.now() - KEPT_MS) await rm(path, { recursive: true, force: true });
  };

  return {
    async keep() {
      const names = await readdir(assets).catch(() => []);
      const build = names.map((name) => APP.exec(name)?.[1]).find((found) => found !== undefined);
      // A server without a widget, or in the middle of a build.
      if (build === undefined) return;
      if (!existsSync(join(folder, build)))
        await copy(
          build,
          names.filter((name) => NAMED.exec(name.replace(/\.br$/, ""))?.[1] === build),
        );
      const now = new Date(clock.now());
      await utimes(join(folder, build), now, now);
      await dropOld(build);
    },
    find(name) {
      const build = NAMED.exec(name)?.[1];
      return build === undefined ? undefined : join(folder, build, name);
    },
  };
}

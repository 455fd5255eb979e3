import { createReadStream } from "node:fs";
import { copyFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { sync } from "./sync.ts";

/** The bytes of a file that was kept. */
export interface Blob {
  readonly size: number;
  readonly body: ReadableStream<Uint8Array>;
}

/** Where the bytes of files lie: a folder, or a bucket. Names are ours: a UUID, never what somebody called their file. */
export interface Blobs {
  /** Where uploads are written while they come in; on this machine. */
  readonly incoming: string;
  /** Keeps a file of this machine under a name. Resolves once it would survive a power cut. */
  put(name: string, from: string, type: string): Promise<void>;
  get(name: string): Promise<Blob | undefined>;
  /** Removes it; what is not there is removed already. */
  remove(name: string): Promise<void>;
}

/** Files in a folder, spread over subfolders by the end of their name, which is random. */
export function createDiskBlobs(folder: string): Blobs {
  const at = (name: string) => join(folder, name.slice(-2), name);
  return {
    incoming: join(folder, "incoming"),
    async put(name, from) {
      const to = at(name);
      await mkdir(dirname(to), { recursive: true });
      await sync(from);
      await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== "EXDEV") throw error;
        await copyFile(from, to);
        await sync(to);
      });
      await sync(dirname(to));
    },
    async get(name) {
      const found = await stat(at(name)).catch(() => undefined);
      if (!found) return undefined;
      return { size: found.size, body: Readable.toWeb(createReadStream(at(name))) as ReadableStream<Uint8Array> };
    },
    remove: (name) => rm(at(name), { force: true }),
  };
}

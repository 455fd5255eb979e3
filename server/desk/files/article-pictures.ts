import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import type { Blobs } from "../../files/blobs.ts";
import { KINDS } from "../../store/events.ts";
import * as store from "../../store/files.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import type { Site } from "../sites/sites.ts";
import { readAddress } from "./address.ts";
import { type Files, looked } from "./files.ts";
import { MEGABYTE } from "./limits.ts";

/* Pictures of articles that come with a folder of them, or go into one. */

/** Nobody uploads them: they come with what the server's owner imports. */
const BY = { kind: KINDS.system, author: 0 };
/** What stands for the address of a picture that a dry run would bring. */
const NOWHERE = "/files/new";

/** Takes pictures for the articles of one site. Each is kept once, however often it comes. */
export interface PictureImporter {
  /** Where the picture in a file of this machine is served. Refuses what is none with `invalid` or `too-large`. */
  take(path: string, name: string): Promise<string>;
  /** How many were not here before. */
  readonly brought: number;
}

export interface PictureImporterParts {
  store: Store;
  clock: Clock;
  files: Files;
  blobs: Blobs;
  site: Site;
  /** Nothing is written. */
  dryRun?: boolean;
}

export function createPictureImporter(parts: PictureImporterParts): PictureImporter {
  const { store: port, clock, files, blobs, site, dryRun = false } = parts;
  const taken = new Map<string, string>();
  let brought = 0;

  /** One with these bytes: as they were sent here once, or as they are served, and so came out with an export. */
  const known = async (hash: string, size: number) => {
    for (const row of await port.read((db) => store.articlePictures(db, site.key))) {
      const sentSo = Buffer.from(row.hash).toString("hex") === hash;
      // A database that was restored without its files knows pictures that are nowhere: those are brought again.
      const blob = sentSo || row.size === size ? await blobs.get(toId(row.uid)) : undefined;
      if (blob && (await hashOf(blob.body)) === hash) return row;
      if (blob && sentSo) return row;
    }
    return undefined;
  };

  const bring = async (path: string, name: string, hash: string, size: number) => {
    if (size > files.largest(site)) refuse("too-large", `It is larger than ${files.largest(site) / MEGABYTE} MB`);
    await mkdir(blobs.incoming, { recursive: true });
    const copy = join(blobs.incoming, randomUUID());
    const drawn = `${copy}.new`;
    try {
      await copyFile(path, copy);
      const upload = { path: copy, name, size, hash: Buffer.from(hash, "hex") };
      if (dryRun) {
        await looked(site, upload, drawn, "article");
        return NOWHERE;
      }
      const { file } = await files.add(BY, site, upload, "article");
      await port.write(async (db) => {
        const row = await store.fileSentAs(db, BY, toBytes(file.id));
        // Its article is written next: nothing has to find out whether one names it.
        if (row) await store.keepFile(db, row.id, clock.now());
      });
      return file.url;
    } finally {
      await Promise.all([copy, drawn].map((file) => rm(file, { force: true })));
    }
  };

  return {
    async take(path, name) {
      const hash = await hashOf(createReadStream(path));
      const before = taken.get(hash);
      if (before !== undefined) return before;
      const { size } = await stat(path);
      const here = await known(hash, size);
      const address = here ? await files.addressOf(here.uid) : await bring(path, name, hash, size);
      if (!here) brought++;
      taken.set(hash, address);
      return address;
    },
    get brought() {
      return brought;
    },
  };
}

/** A picture on its way out. */
export interface ArticlePicture {
  /** The same for all addresses of one picture. */
  id: string;
  name: string;
  body: ReadableStream<Uint8Array>;
}

/** The picture behind an address in an article, on whatever host it was written; nothing where it is none of ours. */
export async function pictureAt(files: Files, address: string): Promise<ArticlePicture | undefined> {
  const ours = readAddress(address);
  const served = ours && (await files.open(ours.id, ours.signature).catch(() => undefined));
  if (!served) return undefined;
  if (served.picture && served.open) return { id: ours.id, name: served.name, body: served.body };
  await served.body.cancel();
  return undefined;
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest("hex");
}

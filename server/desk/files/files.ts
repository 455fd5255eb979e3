import { rm } from "node:fs/promises";
import { refuse } from "../../../protocol/faults.ts";
import type { FileCard } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import type { Blob, Blobs } from "../../files/blobs.ts";
import { contentOf, PICTURES } from "../../files/content.ts";
import { cleanName } from "../../files/name.ts";
import { redraw } from "../../files/picture.ts";
import { KINDS } from "../../store/events.ts";
import * as files from "../../store/files.ts";
import { mintId, mintSecret, toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import { isId, type Site } from "../sites/sites.ts";
import { cardOf, isSigned, pathOf, readAddress } from "./address.ts";
import { DAILY_FILES, DAILY_TIMES, DAY_MS, MEGABYTE, PENDING_TIMES } from "./limits.ts";
import { createPieces, type Piece } from "./pieces.ts";
import { createSweep } from "./sweep.ts";

/** Bytes that never became a file, after a crash, are removed so late that no slow upload is meant. */
export const UNBORN_MS = 3_600_000;

/** What came in and lies on this machine, under `path`. */
export interface Upload {
  path: string;
  /** As its author calls it. */
  name: string;
  size: number;
  /** SHA-256 of its bytes. */
  hash: Uint8Array;
  /** The author's own id for it, a UUIDv7; else one is minted. */
  id?: string | undefined;
}

export type Use = "message" | "article";

/** A file that was kept, or had been before. */
export interface Added {
  file: FileCard;
  again: boolean;
}

/** A file on its way out. */
export interface Served extends Blob {
  name: string;
  type: string;
  /** A picture that we drew ourselves: the only thing that a browser may show. */
  picture: boolean;
  /** Of an article, or somebody's face: anybody may keep a copy. */
  open: boolean;
}

/** Files in two steps: first uploaded, by somebody; then taken by a message, in its own transaction, or removed. */
export interface Files {
  /** Where uploads are written while they come in. Refuses where there is no place for files. */
  incoming(): string;
  /** How large one may be here. */
  largest(site: Site): number;
  /** Refuses early who has no room left; `add` looks again. */
  admit(by: files.FileAuthor, site: Site): Promise<void>;
  /** Keeps an upload. The same id with the same bytes is the same file (`again`), with others `reused-id`. */
  add(by: files.FileAuthor, site: Site, upload: Upload, use: Use): Promise<Added>;
  /** Keeps a piece of an upload, and with the last one the upload: until then says how many bytes are there. */
  addPiece(by: files.FileAuthor, site: Site, piece: Piece, upload: Upload): Promise<Added | { received: number }>;
  /** Removes whatever somebody began to upload in pieces. */
  dropPieces(by: files.FileAuthor): Promise<void>;
  /** What an address leads to. Refuses with `not-found`, whatever is wrong with it. */
  open(id: string, signature: string): Promise<Served>;
  /** Where a file will be found. */
  addressOf(uid: Uint8Array): Promise<string>;
  /** Of these addresses those of our own files, each with the address at which it is found today. */
  moved(addresses: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /** The author's own files for a message, in the order named; refuses with `not-found` whatever else is named. */
  take(db: Db, by: files.FileAuthor, site: number, ids: readonly string[]): Promise<FileCard[]>;
  /** Once the message has its conversation. In the transaction of `take`. */
  bind(db: Db, by: files.FileAuthor, ids: readonly string[], conversation: number): Promise<void>;
  /** Removes what nobody took within a day, and bytes that belong to nothing. By the clock. */
  sweep(): Promise<void>;
}

export interface FilesParts {
  store: Store;
  clock: Clock;
  home(): string | undefined;
  /** Without a place to keep them, no files are taken. */
  blobs?: Blobs | undefined;
}

export function createFiles({ store, clock, home, blobs }: FilesParts): Files {
  let secret: Promise<string> | undefined;
  const signing = () => {
    secret ??= readSecret(store).catch((error) => {
      secret = undefined;
      throw error;
    });
    return secret;
  };
  const place = () => blobs ?? refuse("unavailable", "This server keeps no files");
  const addressOf = async (uid: Uint8Array) => (home() ?? "") + pathOf(await signing(), uid);
  const card = async (row: files.FileRow) => cardOf(row, await addressOf(row.uid));

  const pieces = createPieces(() => place().incoming);

  async function add(by: files.FileAuthor, site: Site, upload: Upload, use: Use): Promise<Added> {
    const id = checkedId(upload.id ?? mintId(clock.now()));
    const known = await store.read((db) => files.fileSentAs(db, by, toBytes(id)));
    if (known) return { file: await card(same(known, upload.hash)), again: true };
    const drawn = `${upload.path}.new`;
    try {
      const { name, type, picture } = await looked(site, upload, drawn, use);
      const from = picture ? drawn : upload.path;
      const uid = toBytes(mintId(clock.now()));
      const size = picture ? picture.size : upload.size;
      // Said first, so that a crash leaves nothing behind.
      await store.write((db) => files.expectGone(db, uid, clock.now() + UNBORN_MS));
      await place().put(toId(uid), from, type);
      const row = await store.write(async (db) => {
        const meanwhile = await files.fileSentAs(db, by, toBytes(id));
        if (meanwhile) return same(meanwhile, upload.hash);
        await assertRoom(db, by, site, size);
        await files.forgetGone(db, uid);
        return files.insertFile(db, {
          uid,
          sent_as: toBytes(id),
          site: site.key,
          ...by,
          use,
          name,
          type,
          size,
          width: picture?.width ?? null,
          height: picture?.height ?? null,
          hash: upload.hash,
          created_at: clock.now(),
        });
      });
      return { file: await card(row), again: false };
    } finally {
      await rm(drawn, { force: true });
    }
  }

  async function assertRoom(db: Db, by: files.FileAuthor, site: Site, size: number) {
    const largest = site.settings.files.megabytes * MEGABYTE;
    if (by.kind === KINDS.visitor) {
      const used = await files.uploadedSince(db, by, clock.now() - DAY_MS);
      if (used.files >= DAILY_FILES || used.bytes + size > DAILY_TIMES * largest)
        refuse("limited", "Too many files today", { afterMs: DAY_MS / 24, field: "file" });
    }
    if ((await files.pendingBytes(db, site.key)) + size > PENDING_TIMES * largest)
      refuse("limited", "Too many files wait for their messages", { afterMs: DAY_MS / 24, field: "file" });
  }

  return {
    incoming: () => place().incoming,
    largest: ({ settings }) => settings.files.megabytes * MEGABYTE,
    async admit(by, site) {
      if (by.kind === KINDS.visitor && site.settings.files.types.length === 0)
        refuse("forbidden", "This site takes no files", { field: "file" });
      await store.read((db) => assertRoom(db, by, site, 1));
    },
    add,
    async addPiece(by, site, piece, upload) {
      const uid = toBytes(checkedId(piece.id));
      // Who asks how much is there may have missed that all of it was.
      const known = await store.read((db) => files.fileSentAs(db, by, uid));
      if (known && upload.size === 0) return { file: await card(known), again: true };
      if (!known) await store.read((db) => assertRoom(db, by, site, piece.size));
      const sender = { site: site.key, by };
      const room = PENDING_TIMES * site.settings.files.megabytes * MEGABYTE;
      const added = await pieces.add(sender, piece, upload, room, (whole) => add(by, site, whole, "message"));
      return "kept" in added ? added.kept : added;
    },
    dropPieces: async (by) => blobs && pieces.drop(by),
    addressOf,
    async moved(addresses) {
      const here = home();
      const like =
        here === undefined
          ? []
          : [...addresses].flatMap((address) => {
              const said = readAddress(address);
              return said ? [{ ...said, address }] : [];
            });
      if (like.length === 0) return new Map();
      const secret = await signing();
      // Another Deskbell's files look the same, and stay where they are.
      const ours = like.filter(({ id, signature }) => isSigned(secret, id, signature));
      return new Map(ours.map(({ address, path }) => [address, `${here}${path}`]));
    },
    async open(id, signature) {
      const row =
        isId(id) && isSigned(await signing(), id, signature)
          ? await store.read((db) => files.fileByUid(db, toBytes(id)))
          : undefined;
      const blob = row && (await place().get(toId(row.uid)));
      if (!row || !blob) return refuse("not-found", "No such file");
      const { name, type, use } = row;
      return { ...blob, name, type, picture: PICTURES.has(type), open: use !== "message" };
    },
    async take(db, by, site, ids) {
      if (new Set(ids).size < ids.length) refuse("invalid", "Cannot post: a file is named twice", { field: "files" });
      return Promise.all((await own(db, by, site, ids)).map(card));
    },
    async bind(db, by, ids, conversation) {
      for (const id of ids) {
        const row = await files.fileSentAs(db, by, toBytes(id));
        if (row) await files.bindFile(db, row.id, conversation, clock.now());
      }
    },
    sweep: blobs ? createSweep({ store, clock, blobs }) : async () => {},
  };
}

async function readSecret(store: Store): Promise<string> {
  const kept = await store.read((db) => files.filesSecret(db));
  return kept ?? store.write(async (db) => (await files.filesSecret(db, mintSecret("fs_"))) ?? "");
}

/** Refuses whatever the site takes from nobody; draws a picture anew. */
export async function looked({ settings }: Site, { path, name: given, size }: Upload, drawn: string, use: Use) {
  if (size === 0) refuse("invalid", "The file is empty", { field: "file" });
  const { group, type, extensions } = await contentOf(path, given);
  const allowed = use === "article" ? PICTURES.has(type) : group !== undefined && settings.files.types.includes(group);
  if (!allowed) refuse("invalid", `Files of this type are not taken here: ${type}`, { field: "type" });
  if (!PICTURES.has(type)) return { name: cleanName(given, extensions), type };
  const picture = await redraw(path, drawn, type);
  if (picture === "too-large") return refuse("too-large", "The picture has too many pixels", { field: "pixels" });
  if (picture === "broken") return refuse("invalid", "The picture cannot be read", { field: "file" });
  const name = cleanName(given, extensions);
  return { name: picture.type === type ? name : name.replace(/[^.]+$/, "webp"), type: picture.type, picture };
}

function checkedId(id: string): string {
  return isId(id) ? id : refuse("invalid", "Expected a UUIDv7 in lower case", { field: "id" });
}

/** Same id, other bytes: somebody's mistake, or worse. */
function same(row: files.FileRow, hash: Uint8Array): files.FileRow {
  if (Buffer.compare(row.hash, hash) === 0) return row;
  return refuse("reused-id", "Cannot upload: this id belongs to another file", { field: "id" });
}

/** What is another's, in another site, of an article or sent already is nobody's here: one answer for all (D12). */
async function own(db: Db, by: files.FileAuthor, site: number, ids: readonly string[]): Promise<files.FileRow[]> {
  const rows = [];
  for (const id of ids) {
    const row = isId(id) ? await files.fileSentAs(db, by, toBytes(id)) : undefined;
    if (!row || row.site !== site || row.use !== "message" || row.bound_at !== null)
      return refuse("not-found", "Cannot post: no such file", { field: "files" });
    rows.push(row);
  }
  return rows;
}

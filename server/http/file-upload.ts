import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import Busboy, { type BusboyFileStream } from "@fastify/busboy";
import { fault, Refusal, refuse } from "../../protocol/faults.ts";
import type { Upload } from "../desk/files/files.ts";

/** What stands around a file in a form: boundaries, names, the id. */
const FORM_BYTES = 16 * 1024;
const LIMITS = { files: 1, fields: 5, parts: 6, fieldSize: 1024, fieldNameSize: 100, headerPairs: 20 };

/** The form that {@link receive} reads, as `/api/openapi.json` describes it. */
export const FORM = {
  "multipart/form-data": {
    schema: {
      type: "object",
      required: ["file"],
      properties: {
        file: { type: "string", format: "binary" },
        id: { type: "string", description: "A UUIDv7 of your own, to try again under" },
      },
    },
  },
};

/** Where an upload is written, and how large it may be. */
export interface Room {
  folder: string;
  largest: number;
}

/**
 * Reads the one file of a form straight into a folder, hashing it as it comes: however large it is, little of it is ever
 * in memory, and what is too large ends as soon as that is known. `use` has the file for as long as it runs.
 */
export async function receive<T>(request: Request, room: Room, use: (upload: Upload) => Promise<T>): Promise<T> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type) || !request.body)
    return refuse("invalid", "Send the file as multipart/form-data", { field: "file" });
  if (Number(request.headers.get("content-length") ?? 0) > room.largest + FORM_BYTES) throw tooLarge(room);
  await mkdir(room.folder, { recursive: true });
  const path = join(room.folder, randomUUID());
  try {
    return await use(await readForm(Readable.fromWeb(request.body as never), type, path, room));
  } finally {
    await rm(path, { force: true });
  }
}

function readForm(source: Readable, type: string, path: string, room: Room): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    let file: Promise<Upload> | undefined;
    const fail = async (error: unknown) => {
      if (ended.signal.aborted) return;
      source.unpipe();
      source.pause();
      // No more comes, which the file would wait for with its descriptor open; only once it is shut can it be removed.
      ended.abort();
      await file?.catch(() => undefined);
      reject(refusalOf(error));
    };
    // First: an error that nobody hears ends the process, also where the form is refused at once and its sender then leaves.
    source.on("error", fail);
    const form = openForm(type, room);
    let id: string | undefined;
    form.on("field", (name, value) => {
      if (name === "id") id = value;
    });
    form.on("file", (_field, stream, name = "") => {
      stream.on("limit", () => fail(tooLarge(room)));
      file = write(stream, path, name, ended.signal);
      file.catch(fail);
    });
    for (const many of ["filesLimit", "partsLimit", "fieldsLimit"] as const)
      form.on(many, () => fail(new Refusal(fault("invalid", "Send one file at a time", { field: "file" }))));
    form.on("error", fail);
    form.on("finish", () => {
      if (!file) return fail(new Refusal(fault("invalid", "The form holds no file", { field: "file" })));
      file.then((upload) => resolve({ ...upload, ...(id !== undefined && { id }) }), fail);
    });
    source.pipe(form);
  });
}

function openForm(type: string, { largest }: Room) {
  try {
    return new Busboy({ headers: { "content-type": type }, limits: { ...LIMITS, fileSize: largest } });
  } catch {
    return refuse("invalid", "Cannot read the form", { field: "file" });
  }
}

async function write(stream: BusboyFileStream, path: string, name: string, signal: AbortSignal): Promise<Upload> {
  const hash = createHash("sha256");
  let size = 0;
  const target = createWriteStream(path, { flags: "wx", mode: 0o600 });
  const shut = new Promise<void>((resolve) => target.once("close", () => resolve()));
  const measured = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  try {
    await pipeline(stream, measured, target, { signal });
  } finally {
    await shut;
  }
  return { path, name, size, hash: hash.digest() };
}

/** What is said of a file that a site does not take for its length. */
export function tooLarge({ largest }: Room): Refusal {
  return new Refusal(fault("too-large", `At most ${largest} bytes are taken here`, { field: "file" }));
}

/** A line that broke, a form that is none: the sender's business. A disk that is full: ours, and not for ever. */
function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EROFS")
    return new Refusal(fault("unavailable", "There is no room for files now", { afterMs: 60_000 }));
  if (code?.startsWith("E") && !code.startsWith("ERR_") && code !== "ECONNRESET" && code !== "EPIPE") return error;
  return new Refusal(fault("invalid", "Cannot read the form", { field: "file" }));
}

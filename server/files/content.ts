import { open } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import { extensionOf } from "./name.ts";

/** What a site may take. */
export const GROUPS = ["image", "pdf", "text", "office", "archive", "audio", "video"] as const;
export type Group = (typeof GROUPS)[number];

/** What a file is, by what stands in it. */
export interface Content {
  /** None of them: taken by nobody. */
  group: Group | undefined;
  type: string;
  /** Endings that are true of it, the usual one first. */
  extensions: readonly string[];
}

/** Enough for every signature that is looked for, and for the directory at the head of an office file. */
const HEAD_BYTES = 64 * 1024;
/** A text is looked through whole up to this. */
const TEXT_BYTES = 256 * 1024;

/** What a picture is re-encoded from and shown as. */
export const PICTURES = new Set(["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"]);

const JPEG = ["jpg", "jpeg", "jfif", "jpe"];
const KNOWN: Readonly<Record<string, readonly [Group, ...string[]]>> = {
  "image/jpeg": ["image", ...JPEG],
  "image/png": ["image", "png"],
  "image/gif": ["image", "gif"],
  "image/webp": ["image", "webp"],
  "image/avif": ["image", "avif"],
  "application/pdf": ["pdf", "pdf"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["office", "docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["office", "xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["office", "pptx"],
  "application/vnd.oasis.opendocument.text": ["office", "odt"],
  "application/vnd.oasis.opendocument.spreadsheet": ["office", "ods"],
  "application/vnd.oasis.opendocument.presentation": ["office", "odp"],
  "application/rtf": ["office", "rtf"],
  "application/zip": ["archive", "zip"],
  "application/gzip": ["archive", "gz", "tgz"],
  "application/x-7z-compressed": ["archive", "7z"],
  "application/x-tar": ["archive", "tar"],
  "audio/mpeg": ["audio", "mp3"],
  "audio/ogg": ["audio", "ogg", "oga"],
  "audio/opus": ["audio", "opus"],
  "audio/wav": ["audio", "wav"],
  "audio/flac": ["audio", "flac"],
  "audio/x-m4a": ["audio", "m4a"],
  "audio/mp4": ["audio", "m4a"],
  "video/mp4": ["video", "mp4"],
  "video/webm": ["video", "webm"],
  "video/quicktime": ["video", "mov"],
};
/** The office files of before 2007 are told apart by their ending only; what else lies in that format is taken by nobody. */
const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  ppt: "application/vnd.ms-powerpoint",
};
/** Texts that are more than text to some program. */
const TEXTS: Readonly<Record<string, string>> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  md: "text/markdown",
  json: "application/json",
  xml: "application/xml",
  html: "text/html",
  htm: "text/html",
  xhtml: "text/html",
  svg: "image/svg+xml",
  css: "text/css",
  js: "text/javascript",
  mjs: "text/javascript",
  ics: "text/calendar",
  vcf: "text/vcard",
  yaml: "application/yaml",
  yml: "application/yaml",
};
const PLAIN = ["txt", "log", "text", "ini", "conf", "har", "diff", "patch", "sql", "srt", "eml"];
const NOTHING: Content = { group: undefined, type: "application/octet-stream", extensions: [] };

/** Tells a file's type by its content; its name only chooses among types that the content cannot tell apart. */
export async function contentOf(path: string, name: string): Promise<Content> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, TEXT_BYTES)), 0);
    const bytes = buffer.subarray(0, bytesRead);
    const ending = extensionOf(name);
    const text = textOf(bytes, size > bytesRead);
    const found = await fileTypeFromBuffer(bytes.subarray(0, HEAD_BYTES)).catch(() => undefined);
    if (found?.mime === "application/x-cfb") {
      const type = OLD_OFFICE[ending];
      return type ? { group: "office", type, extensions: [ending] } : NOTHING;
    }
    const known = found && KNOWN[found.mime];
    if (known) {
      const [group, ...extensions] = known;
      return { group, type: found.mime, extensions };
    }
    // What has a signature of its own and is not in the list is no text by another name, except XML.
    if (text === undefined || (found && !/xml/.test(found.mime)))
      return { ...NOTHING, type: found?.mime ?? NOTHING.type };
    return textual(text, ending);
  } finally {
    await file.close();
  }
}

/** A text by what stands at its beginning; then by its name. */
function textual(text: string, ending: string): Content {
  const start = text.slice(0, 4096).replace(/^(?:\s|<!--.*?-->|<\?.*?\?>)+/s, "");
  if (/^(?:<!doctype\s+svg|<svg[\s>:/])/i.test(start))
    return { group: "text", type: "image/svg+xml", extensions: ["svg"] };
  if (
    /^<(?:!doctype\s+html|html|head|body|script|iframe|title|style|meta|link|base|img|form|object|embed|a|div|p|h1|table|b|br|template)[\s>/]/i.test(
      start,
    )
  )
    return { group: "text", type: "text/html", extensions: ["html", "htm", "xhtml"] };
  const type = TEXTS[ending];
  if (type) return { group: "text", type, extensions: [ending] };
  return { group: "text", type: "text/plain", extensions: PLAIN };
}

/** The text, where it is one: UTF-8, or UTF-16 that says so, without control characters. */
function textOf(bytes: Uint8Array, cut: boolean): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells that it is no text.
    return /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

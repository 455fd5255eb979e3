import * as v from "valibot";
import { GROUPS, type Group } from "../../files/content.ts";

/** One million bytes: what people see on a file. */
export const MEGABYTE = 1_000_000;
/** Largest file that a site may allow. */
const LARGEST_MEGABYTES = 100;
/** A visitor's day: so many files, and so many times the largest. */
export const DAILY_FILES = 100;
export const DAILY_TIMES = 10;
export const DAY_MS = 24 * 3_600_000;
/** What of one site may wait for messages at a time: so many times the largest. */
export const PENDING_TIMES = 200;

/** What a site takes from people; no types, no files. */
export const FileSettings = v.object({
  types: v.pipe(
    v.array(v.picklist(GROUPS)),
    v.maxLength(GROUPS.length),
    v.transform((types): Group[] => [...new Set(types)]),
  ),
  megabytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_MEGABYTES)),
});
export type FileSettings = v.InferOutput<typeof FileSettings>;

export const DEFAULT_FILES: FileSettings = { types: ["image", "pdf", "text", "office", "archive"], megabytes: 10 };

import * as v from "valibot";
import { Email } from "../../../protocol/command.ts";
import { Hours } from "./hours.ts";

const MINUTES_LIMIT = 24 * 60;
const Minutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MINUTES_LIMIT));

/** What a site says of its hours, of those who wait, and of its mail. */
export const COURTESIES = {
  /** When the team answers; null or nothing for always. */
  hours: v.optional(v.nullable(Hours)),
  /** How long somebody waits before they are told that everyone is busy, and that an answer will come later. */
  patience: v.optional(
    v.pipe(
      v.object({ apologise: Minutes, warn: Minutes, end: Minutes }),
      v.check(
        ({ apologise, warn, end }) => apologise <= warn && warn <= end,
        "expected each later than the one before",
      ),
    ),
  ),
  mail: v.optional(
    v.object({
      /** Where answers to our mail go. Empty for none. */
      replyTo: v.optional(v.union([v.literal(""), Email])),
      /** An answer that was not seen for so many minutes goes by mail; 0 for never. */
      noticeAfter: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MINUTES_LIMIT))),
    }),
  ),
};

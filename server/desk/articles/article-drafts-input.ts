import * as v from "valibot";
import { BODY_LENGTH, Visibility } from "./articles-input.ts";

/** Half a title, a list with an empty line: what is not finished is kept as it stands, and only its size is bounded. */
const LONGEST = 20_000;
const Field = v.pipe(v.string(), v.maxLength(LONGEST));

/** An article as it is being typed. Lists are one entry a line. */
export const DraftText = v.object({
  title: Field,
  body: v.pipe(v.string(), v.maxLength(BODY_LENGTH)),
  locale: Field,
  slug: Field,
  category: Field,
  visibility: Visibility,
  pages: v.pipe(v.string(), v.maxLength(BODY_LENGTH)),
  questions: v.pipe(v.string(), v.maxLength(BODY_LENGTH)),
});
export type DraftText = v.InferOutput<typeof DraftText>;

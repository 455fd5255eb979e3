import { en } from "./en.ts";
import type { Sentences } from "./sentences.ts";
export const zhHans: Sentences = en;

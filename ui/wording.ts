import type { Locale } from "./locale.ts";
import { en } from "./locales/en.ts";
import { en as courtesies } from "./locales/en-courtesies.ts";
import { en as files } from "./locales/en-files.ts";
import { en as happened } from "./locales/en-happened.ts";
import { en as more } from "./locales/en-more.ts";
import type { Sentence, Table } from "./sentences.ts";

/*
 * What an owner says in other words than ours. Not for the widget: it has the sentences where they are needed, and takes
 * an owner's as they come.
 */

/** An owner's own words, by sentence, or by a form of it (`launcher.unread.few`). */
export type Wording = Readonly<Record<string, string>>;

/** Every English sentence of the widget, of all its parts. */
export const english: Table = { ...en, ...more, ...happened, ...courtesies, ...files };

/** How much longer than ours an owner's may be, and what is allowed to the shortest. */
const STRETCH = 2;
const SHORT_ENDS = 40;

/** Why words cannot stand for a sentence. */
export type WordingFault = "unknown" | "empty" | "long" | "blanks" | "characters";

/**
 * Whether words may stand for a sentence in a language: they must fit, and keep its blanks. A form for some numbers may
 * leave `{n}` out, as "two messages" does.
 */
export function wordingFault(locale: Locale, key: string, text: string): WordingFault | undefined {
  const { sentence, form } = partsOf(key);
  const source = Object.hasOwn(english, sentence) ? english[sentence as Sentence] : undefined;
  if (source === undefined) return "unknown";
  const needed = blanksOf(source);
  if (form !== undefined && !(needed.has("{n}") && formsOf(locale).includes(form as Intl.LDMLPluralRule)))
    return "unknown";
  if (text.trim() === "") return "empty";
  if (text.length > longest(key)) return "long";
  if (/\p{Cc}/u.test(text)) return "characters";
  const given = blanksOf(text);
  const kept = [...needed].every((blank) => given.has(blank) || (form !== undefined && blank === "{n}"));
  return kept && [...given].every((blank) => needed.has(blank)) ? undefined : "blanks";
}

/** Characters that an owner's words may have. */
export function longest(key: string): number {
  const source = english[partsOf(key).sentence as Sentence] ?? "";
  return SHORT_ENDS + STRETCH * source.length;
}

/** `launcher.unread.few` is the form `few` of `launcher.unread`; what is a sentence itself is no form. */
export function partsOf(key: string): { sentence: string; form?: string } {
  const [, sentence, form] = /^(.+)\.(zero|one|two|few|many|other)$/.exec(key) ?? [];
  return sentence === undefined || form === undefined || Object.hasOwn(english, key)
    ? { sentence: key }
    : { sentence, form };
}

/** What must stay in a sentence as it is: `{name}`, each once or more. */
export function blanksOf(text: string): Set<string> {
  return new Set(text.match(/\{\w+\}/g));
}

function formsOf(locale: Locale): Intl.LDMLPluralRule[] {
  return new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
}

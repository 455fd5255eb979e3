import { LOCALES, type Locale } from "../../ui/locale.ts";
import { english, partsOf, type Wording, type WordingFault, wordingFault } from "../../ui/wording.ts";

/** Where in the widget a sentence appears. */
export const PLACES = ["home", "article", "talk", "files", "waiting", "outcome", "state"] as const;
export type Place = (typeof PLACES)[number];

/** By what a key begins with; the first that fits. */
const BEGINNINGS: readonly (readonly [Place, RegExp])[] = [
  ["waiting", /^(away|queue|transcript|form|status\.(away|back)|chat\.waiting)/],
  ["outcome", /^(rate|reason|resolved|reopened|event|status\.resolved|chat\.solved)/],
  ["files", /^(file|composer\.(attach|camera))/],
  ["state", /^(conn|error|status\.reconnecting|msg\.(waiting|failed|refused))/],
  ["article", /^(article|offer|yes$|no$)/],
  ["talk", /^(chat|composer|msg|agent|sound)/],
  ["home", /^(launcher|home|ask|search|suggest|status|panel|menu$|back$|close$|retry$)/],
];

/** One sentence, or a form of it for some numbers, as it stands in a language. */
export interface Line {
  readonly key: string;
  /** As we say it ourselves. */
  readonly ours: string;
  /** As somebody who does not read that language knows it. */
  readonly known: string;
  /** For which numbers, where a sentence has several forms: "2, 3, 4, 22". */
  readonly numbers?: string;
}

export type Lines = Readonly<Record<Place, readonly Line[]>>;

type Table = Readonly<Record<string, string>>;

const TABLES: Readonly<Record<Exclude<Locale, "en">, () => Promise<{ sentences: Table }>>> = {
  "zh-Hans": () => import("../../ui/locales/zh-hans.ts"),
  "zh-Hant": () => import("../../ui/locales/zh-hant.ts"),
  es: () => import("../../ui/locales/es.ts"),
  fr: () => import("../../ui/locales/fr.ts"),
  de: () => import("../../ui/locales/de.ts"),
  pt: () => import("../../ui/locales/pt.ts"),
  ja: () => import("../../ui/locales/ja.ts"),
  ko: () => import("../../ui/locales/ko.ts"),
  ru: () => import("../../ui/locales/ru.ts"),
  ar: () => import("../../ui/locales/ar.ts"),
  he: () => import("../../ui/locales/he.ts"),
  hi: () => import("../../ui/locales/hi.ts"),
  id: () => import("../../ui/locales/id.ts"),
  tr: () => import("../../ui/locales/tr.ts"),
  vi: () => import("../../ui/locales/vi.ts"),
};

/** Our own sentences in a language. */
export async function tableOf(locale: Locale): Promise<Table> {
  return locale === "en" ? english : (await TABLES[locale]()).sentences;
}

export function placeOf(key: string): Place | undefined {
  return BEGINNINGS.find(([, beginning]) => beginning.test(key))?.[0];
}

/** Everything that the widget says in a language, by where it appears, in the order of the English tables. */
export function linesOf(locale: Locale, table: Table, known: Table): Lines {
  const lines = Object.fromEntries(PLACES.map((place) => [place, [] as Line[]])) as Record<Place, Line[]>;
  const forms = Object.keys(table).filter((key) => partsOf(key).form !== undefined);
  for (const sentence of Object.keys(english)) {
    const place = lines[placeOf(sentence) ?? "home"];
    const own = forms.filter((key) => partsOf(key).sentence === sentence);
    for (const key of [sentence, ...own]) {
      const numbers = own.length > 0 ? numbersOf(locale, key, own) : undefined;
      // Where every whole number has a form of its own, nobody reads the sentence itself.
      if (numbers === "") continue;
      const ours = table[key] ?? english[sentence as keyof typeof english] ?? key;
      place.push({ key, ours, known: known[sentence] ?? ours, ...(numbers !== undefined && { numbers }) });
    }
  }
  return lines;
}

/** Those whose words, ours or the owner's, hold what is looked for. */
export function matching(lines: Lines, query: string, own: Wording, onlyOwn: boolean): Lines {
  const wanted = query.trim().toLocaleLowerCase();
  const fits = ({ key, ours, known }: Line) =>
    (!onlyOwn || own[key] !== undefined) &&
    [ours, known, own[key] ?? ""].some((text) => text.toLocaleLowerCase().includes(wanted));
  return Object.fromEntries(PLACES.map((place) => [place, lines[place].filter(fits)])) as unknown as Lines;
}

/** What is to be kept: without what was left empty, or says what we say. */
export function tidy(own: Wording, lines: Lines): Wording {
  const ours = new Map(PLACES.flatMap((place) => lines[place].map((line) => [line.key, line.ours] as const)));
  const kept = Object.entries(own)
    .map(([key, text]) => [key, text.trim()] as const)
    .filter(([key, text]) => text !== "" && text !== ours.get(key));
  return Object.fromEntries(kept);
}

/** What is wrong with which line. */
export function faultsOf(locale: Locale, own: Wording): Readonly<Record<string, WordingFault>> {
  const faults = Object.entries(own).map(([key, text]) => [key, wordingFault(locale, key, text)] as const);
  return Object.fromEntries(faults.filter((one): one is [string, WordingFault] => one[1] !== undefined));
}

/** The site's own languages first, as far as the widget speaks them. */
export function localesOf(site: readonly string[]): Locale[] {
  const own = LOCALES.filter((locale) => site.includes(locale));
  return [...own.toSorted((a, b) => site.indexOf(a) - site.indexOf(b)), ...LOCALES.filter((one) => !own.includes(one))];
}

/** A few numbers that take this form. */
function numbersOf(locale: Locale, key: string, own: readonly string[]): string {
  const rules = new Intl.PluralRules(locale);
  const { form } = partsOf(key);
  const others = own.map((other) => partsOf(other).form);
  const all = [...Array(103).keys()].filter((n) => {
    const rule = rules.select(n);
    return form === undefined ? !others.includes(rule) : rule === form;
  });
  return `${all.slice(0, 4).join(", ")}${all.length > 4 ? " …" : ""}`;
}

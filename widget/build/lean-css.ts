import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { transform } from "lightningcss";
import type { Plugin } from "vite";

const ROOT = resolve(import.meta.dirname, "../..");

/*
 * The widget's style sheets share tokens and a base with the console and the help centre, and are sent without what the
 * widget has no use for.
 */

/** Writes the widget's constant tokens where they are used, and leaves out those it never uses: a third of its token sheet. */
export function leanTokens(): Plugin {
  const sheets = [
    "ui/styles/tokens.css",
    "ui/styles/base.css",
    "ui/styles/thread.css",
    "ui/styles/article-card.css",
    "ui/styles/typing.css",
    "ui/styles/prose.css",
  ]
    .concat(
      ["panel", "home", "composer", "menu", "resume", "article", "outcome"].map((part) => `widget/styles/${part}.css`),
    )
    .map((file) => readFileSync(`${ROOT}/${file}`, "utf8"));
  const defined = new Map<string, Set<string>>();
  for (const [, name = "", value = ""] of (sheets[0] ?? "").matchAll(/^\s*(--db-[\w-]+):\s*([^;]+);/gm))
    defined.set(name, (defined.get(name) ?? new Set()).add(value));
  const used = new Set(sheets.join("").match(/(?<=var\()--db-[\w-]+/g));
  const constant = new Map(
    [...defined].flatMap(([name, values]) => {
      const [value = ""] = values;
      return values.size === 1 && /^[\d.]+(px|ms)?$/.test(value) ? [[name, value] as const] : [];
    }),
  );
  return {
    name: "deskbell:lean-tokens",
    enforce: "pre",
    transform(code, id) {
      if (!/\.css\?inline$/.test(id)) return;
      return code
        .replace(/^\s*(--db-[\w-]+):[^;]+;/gm, (line, name) =>
          constant.has(name) || !used.has(name) || /-han[st]$/.test(name) ? "" : line,
        )
        .replace(/var\((--db-[\w-]+)\)/g, (whole, name) => constant.get(name) ?? whole);
    },
  };
}

/** Rules of base.css that only a later part needs travel with it, by what they are about. */
const LATER: Record<string, RegExp> = {
  "widget/styles/outcome.css": /^(field|label|hint|placeholder|link|push)$/,
  "widget/styles/resume.css": /^(nowrap|dot-ring)$/,
  "widget/styles/away.css": /^num$/,
  "widget/styles/queue.css": /^num$/,
  "ui/styles/prose.css": /^(table|th|td|code|pre)$/,
  "widget/styles/fonts.css": /^lang$/,
};

/** Leaves out the rules of shared sheets that nothing in the widget wears: each class must stand in a text of a source. */
export function usedRules(): Plugin {
  const words = new Set(
    ["widget", "ui"].flatMap((folder) =>
      readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: "utf8" })
        .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !/^(build|test)\//.test(file))
        .flatMap((file) => readFileSync(`${ROOT}/${folder}/${file}`, "utf8").match(/"[\w -]*"|`[^`]*`/g) ?? [])
        .flatMap((text) => text.match(/[\w-]+/g) ?? []),
    ),
  );
  const base = `${ROOT}/ui/styles/base.css`;
  return {
    name: "deskbell:used-rules",
    enforce: "pre",
    transform(code, id) {
      const file = /^(.*\.css)\?inline$/.exec(id)?.[1];
      if (!file) return;
      const worn = (names: string[]) => names.every((name) => !name.startsWith(".") || words.has(name.slice(1)));
      const about = (names: string[], subject: RegExp) => subject.test(names.at(-1)?.replace(".", "") ?? "");
      const everywhere = Object.values(LATER);
      const used = rules(
        code,
        (names) => worn(names) && !(file === base && everywhere.some((one) => about(names, one))),
      );
      const later = LATER[file.slice(ROOT.length + 1)];
      // Fonts are written out there: their tokens would be in the first load.
      if (!later || file.endsWith("fonts.css")) return used;
      return rules(readFileSync(base, "utf8"), (names) => about(names, later)) + used;
    },
  };
}

/** A sheet without the style rules of whose selectors none is wanted, told by the classes (`.name`), elements and pseudo-classes in it. */
function rules(css: string, wanted: (names: string[]) => boolean): string {
  const { code } = transform({
    filename: "sheet.css",
    code: Buffer.from(css),
    visitor: {
      Rule: {
        style(rule) {
          const some = rule.value.selectors.some((selector) =>
            wanted(
              selector.flatMap((part) => {
                if (part.type === "class") return `.${part.name}`;
                if (part.type === "type") return part.name;
                return part.type === "pseudo-class" && part.kind === "lang" ? part.kind : [];
              }),
            ),
          );
          return some ? undefined : [];
        },
      },
    },
  });
  return code.toString();
}

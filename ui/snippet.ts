import { brandOf } from "./brand.ts";

/** What an owner chose that the launcher must know before anything is fetched. */
export interface Choices {
  theme?:
    | {
        brand?: string | undefined;
        mode?: "auto" | "light" | "dark" | undefined;
        position?: "left" | "right" | undefined;
        offset?: string | undefined;
      }
    | undefined;
  /** Beside the bell, in the language of the page. */
  label?: string | undefined;
  /** Of the page, where it shall be said. */
  lang?: string | undefined;
}

/** A name and a value: an attribute of the tag without `data-`, a part of its address, a property of a component. */
export type Said = readonly [name: string, value: string];

/** What the tag says beside the site's key: nothing that is as usual. */
export function saidOf({ theme = {}, label, lang }: Choices): Said[] {
  const { brand, mode = "auto", position = "right", offset } = theme;
  const all: [string, string | undefined][] = [
    ["lang", lang],
    ["label", label],
    ["color", brand && bellColourOf(brand)],
    ["theme", mode === "auto" ? undefined : mode],
    ["position", position === "right" ? undefined : position],
    ["offset", offset],
  ];
  return all.filter((one): one is [string, string] => Boolean(one[1]));
}

/** Of the bell, which is white until the app comes: the brand's own colour, or darker where that would need a black one. */
export function bellColourOf(brand: string): string {
  const { onFill, text } = brandOf(brand);
  return onFill === "#ffffff" ? brand : text;
}

/** The line to paste. */
export function tagOf(host: string, key: string, said: readonly Said[]): string {
  const attributes = said.map(([name, value]) => ` data-${name}="${escaped(value)}"`).join("");
  return `<script async src="${host}/widget.js" data-site="${key}"${attributes}></script>`;
}

/** The same in an address, for what drops attributes. */
export function addressOf(host: string, key: string, said: readonly Said[]): string {
  return `${host}/widget.js?${new URLSearchParams([["site", key], ...said.map(([name, value]) => [name, value])])}`;
}

/** What a strict page must allow. */
export function policyOf(host: string): string {
  return `script-src ${host}; connect-src ${host} ${host.replace(/^http/, "ws")}; img-src ${host}`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

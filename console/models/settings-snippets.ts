import { addressOf, policyOf, type Said, tagOf } from "../../ui/snippet.ts";

export const PLATFORMS = ["html", "gtm", "wordpress", "shopify", "react", "vue", "preact", "csp"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Where the script comes from, for which site, and what the owner chose. */
export interface Installed {
  readonly host: string;
  readonly key: string;
  readonly said: readonly Said[];
}

/** What is pasted on a platform, with the site's own key and the owner's choices. */
export function snippetFor(platform: Platform, { host, key, said }: Installed): string {
  switch (platform) {
    case "html":
      return tagOf(host, key, said);
    case "gtm":
      return `<script async src="${addressOf(host, key, said).replaceAll("&", "&amp;")}"></script>`;
    case "wordpress":
      return `add_action( 'wp_enqueue_scripts', function () {
\twp_enqueue_script( 'deskbell', ${php(addressOf(host, key, said))}, array(), null, array( 'strategy' => 'async', 'in_footer' => true ) );
} );`;
    case "shopify":
      return tagOf(host, key, [["lang", "{{ request.locale.iso_code }}"], ...said.filter(([name]) => name !== "lang")]);
    case "react":
    case "preact":
      return `import { Deskbell } from "deskbell/embed/${platform}";

${element(host, key, said)}`;
    case "vue":
      return `<script setup>
import { Deskbell } from "deskbell/embed/vue";
</script>

<template>
${element(host, key, said, "  ")}
</template>`;
    case "csp":
      return policyOf(host).replaceAll("; ", ";\n");
    default:
      return platform satisfies never;
  }
}

/** Where the documentation of a platform stands, below `docs/embedding`. */
export const PAGES: Readonly<Record<Platform, string>> = {
  html: "html",
  gtm: "google-tag-manager",
  wordpress: "wordpress",
  shopify: "shopify",
  react: "react",
  vue: "vue",
  preact: "preact",
  csp: "content-security-policy",
};

function element(host: string, key: string, said: readonly Said[], before = ""): string {
  const props: Said[] = [["host", host], ["site", key], ...said];
  return `${before}<Deskbell ${props.map(([name, value]) => `${name}="${quoted(value)}"`).join(" ")} />`;
}

/** As attributes of JSX and of Vue's templates read it. */
function quoted(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

function php(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

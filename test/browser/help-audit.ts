import type { Page } from "playwright-core";

/* What an audit for search engines looks at, on the page that is open; one line for whatever is wrong. */

const DESCRIPTION = { least: 10, most: 160 };
/** What a kind of structured data must say. */
const DATA: Record<string, readonly string[]> = {
  WebSite: ["name", "url", "potentialAction"],
  TechArticle: ["headline", "datePublished", "dateModified", "mainEntityOfPage", "publisher"],
  BreadcrumbList: ["itemListElement"],
  ItemList: ["name", "itemListElement"],
};

interface Found {
  lang: string;
  title: string;
  description: string;
  robots: string;
  viewport: string;
  canonical: string[];
  alternates: { lang: string; href: string }[];
  headings: string[];
  data: string[];
  links: { href: string | null; text: string }[];
  images: { src: string; alt: string | null }[];
}

export interface Audited {
  wrong: string[];
  /** Addresses of this host that the page leads to. */
  links: string[];
  alternates: readonly { lang: string; href: string }[];
  canonical: string | undefined;
}

export async function auditPage(page: Page, { kept }: { kept: boolean }): Promise<Audited> {
  const found = await page.evaluate(look);
  const wrong = [...wordsWrong(found), ...addressesWrong(found, kept), ...dataWrong(found), ...linksWrong(found)];
  const { origin } = new URL(page.url());
  const links = found.links.flatMap(({ href }) => {
    // Within the page it leads to no other.
    if (href === null || href.startsWith("#")) return [];
    const address = new URL(href, page.url());
    return address.origin === origin ? [address.href.replace(/#.*/, "")] : [];
  });
  return { wrong, links: [...new Set(links)], alternates: found.alternates, canonical: found.canonical[0] };
}

function look(): Found {
  const meta = (name: string) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") ?? "";
  const all = <T extends Element>(selector: string) => [...document.querySelectorAll<T>(selector)];
  return {
    lang: document.documentElement.lang,
    title: document.title,
    description: meta("description"),
    robots: meta("robots"),
    viewport: meta("viewport"),
    canonical: all<HTMLLinkElement>('link[rel="canonical"]').map(({ href }) => href),
    alternates: all<HTMLLinkElement>('link[rel="alternate"][hreflang]').map(({ hreflang, href }) => ({
      lang: hreflang,
      href,
    })),
    headings: all("h1").map(({ textContent }) => textContent?.trim() ?? ""),
    data: all('script[type="application/ld+json"]').map(({ textContent }) => textContent ?? ""),
    links: all<HTMLAnchorElement>("a").map((link) => ({
      href: link.getAttribute("href"),
      text: (link.getAttribute("aria-label") ?? link.textContent ?? "").trim(),
    })),
    images: all<HTMLImageElement>("img").map((image) => ({ src: image.src, alt: image.getAttribute("alt") })),
  };
}

function wordsWrong({ lang, title, viewport, headings, images }: Found): string[] {
  const wrong: string[] = [];
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(lang)) wrong.push(`no language: “${lang}”`);
  if (title.trim().length < 4) wrong.push(`no title: “${title}”`);
  if (!viewport.includes("width=device-width")) wrong.push("no viewport");
  if (headings.length !== 1 || headings[0] === "")
    wrong.push(`${headings.length} first headings: ${headings.join(" | ")}`);
  for (const { src, alt } of images) if (alt === null) wrong.push(`no alt: ${src}`);
  return wrong;
}

function addressesWrong({ description, robots, canonical, alternates }: Found, kept: boolean): string[] {
  if (!kept) return robots === "noindex" && canonical.length === 0 ? [] : ["a search engine may keep it"];
  const wrong: string[] = [];
  const { least, most } = DESCRIPTION;
  if (description.length < least || description.length > most)
    wrong.push(`${description.length} letters of description`);
  if (robots !== "") wrong.push(`robots: ${robots}`);
  if (canonical.length !== 1 || !/^https?:\/\//.test(canonical[0] ?? ""))
    wrong.push(`canonical: ${canonical.join(", ")}`);
  if (alternates.length > 0) {
    const langs = alternates.map(({ lang }) => lang);
    if (!langs.includes("x-default")) wrong.push("no x-default");
    if (new Set(langs).size !== langs.length) wrong.push(`languages twice: ${langs.join(", ")}`);
    if (!alternates.some(({ href }) => href === canonical[0]))
      wrong.push("does not name itself among its translations");
  }
  return wrong;
}

function dataWrong({ data }: Found): string[] {
  return data.flatMap((text) => {
    let parsed: Record<string, unknown>;
    try {
      parsed = JSON.parse(text);
    } catch {
      return ["structured data that is none"];
    }
    const type = String(parsed["@type"]);
    if (parsed["@context"] !== "https://schema.org") return [`${type} in no context`];
    const fields = DATA[type];
    if (!fields) return [`unknown kind of data: ${type}`];
    const missing = fields.filter((field) => !parsed[field]);
    const steps = (parsed.itemListElement as { position?: number; name?: string; item?: string; url?: string }[]) ?? [];
    const bad = steps.filter(
      ({ position, name, item, url }, at) => position !== at + 1 || !name || !/^https?:/.test(item ?? url ?? ""),
    );
    return [
      ...missing.map((field) => `${type} without ${field}`),
      ...bad.map((step) => `${type}: ${JSON.stringify(step)}`),
    ];
  });
}

function linksWrong({ links }: Found): string[] {
  return links.flatMap(({ href, text }) => {
    if (href === null || href === "" || href === "#" || /^javascript:/i.test(href)) return [`leads nowhere: “${text}”`];
    if (text === "") return [`says nothing: ${href}`];
    return [];
  });
}

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { HelpShelf } from "../../desk/articles/help-centre.ts";
import type { Site } from "../../desk/sites/sites.ts";

/** A page as it is sent. */
export interface KeptPage {
  text: string;
  zipped: Buffer;
  etag: string;
}

export interface PageCache {
  /** The page at an address as of this shelf, drawn where nobody asked for it yet. */
  get(site: Site, shelf: HelpShelf, address: string, draw: () => Promise<string>): Promise<KeptPage>;
}

/** Pages of one site in memory; the one unused for longest leaves. */
const PAGES = 400;
const pack = promisify(gzip);

/** A change to a site or to any of its articles leaves all its pages behind: they hang on those very objects. */
export function createPageCache(): PageCache {
  const shelves = new WeakMap<Site, { shelf: HelpShelf; pages: Map<string, Promise<KeptPage>> }>();
  const pagesOf = (site: Site, shelf: HelpShelf) => {
    const kept = shelves.get(site);
    if (kept?.shelf === shelf) return kept.pages;
    const pages = new Map<string, Promise<KeptPage>>();
    shelves.set(site, { shelf, pages });
    return pages;
  };
  return {
    get(site, shelf, address, draw) {
      const pages = pagesOf(site, shelf);
      const page = pages.get(address) ?? keep(draw());
      pages.delete(address);
      pages.set(address, page);
      page.catch(() => pages.delete(address));
      const oldest = pages.size > PAGES ? pages.keys().next().value : undefined;
      if (oldest !== undefined) pages.delete(oldest);
      return page;
    },
  };
}

async function keep(drawn: Promise<string>): Promise<KeptPage> {
  const text = await drawn;
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  return { text, zipped: await pack(text), etag };
}

import type { Site } from "../sites/sites.ts";

/**
 * The address of a site's help centre that everybody should know, whichever way they came: without a slash at the end.
 * `home` is this server's own address. A help host that is the server's own is the console's, and takes nothing from it.
 */
export function helpAddress({ publicKey, settings: { helpHost } }: Site, home: string): string {
  const own = `${home.startsWith("https:") ? "https:" : "http:"}//${helpHost}`;
  return helpHost && own !== home ? own : `${home}/help/${publicKey}`;
}

export function homePath(locale: string): string {
  return `/${encodeURIComponent(locale)}`;
}

export function articlePath({ locale, slug }: { locale: string; slug: string }): string {
  return `${homePath(locale)}/${encodeURIComponent(slug)}`;
}

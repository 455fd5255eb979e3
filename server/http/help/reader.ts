import { createHash } from "node:crypto";
import type { Site } from "../../desk/sites/sites.ts";
import { nearestOf } from "../../suggest/locales.ts";

/** The language for a reader, of those there are: the first that their browser asks for, else the site's first. */
export function readerOf(accepted: string | undefined, locales: readonly string[]): string | undefined {
  for (const asked of (accepted ?? "").split(",")) {
    const [tag = "", ...rest] = asked.trim().split(";");
    if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/.test(tag) || /q=0(\.0+)?$/.test(rest.join(";"))) continue;
    const near = nearestOf(locales, tag);
    if (near) return near;
  }
  return locales[0];
}

/** Counts a reader without a script once a day and article; nothing of theirs can be read from it. */
export function readerSession(site: Site, address: string, agent = ""): string {
  const day = new Date().toISOString().slice(0, 10);
  const parts = [site.secret, day, address, agent].join("\n");
  return `page-${createHash("sha256").update(parts).digest("base64url").slice(0, 24)}`;
}

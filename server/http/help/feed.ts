import { html } from "hono/html";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { HelpShelf } from "../../desk/articles/help-centre.ts";
import type { Html } from "./html.ts";
import type { Frame } from "./layout.ts";

const FEED_LENGTH = 50;

/** The newest changes in one language, as Atom. */
export function drawFeed({ place, locale, say }: Frame, { entries }: HelpShelf): Html {
  const { canonical, site } = place;
  const newest = entries
    .filter((entry) => entry.locale === locale)
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, FEED_LENGTH);
  const home = `${canonical}${homePath(locale)}`;
  return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<title>${site.name} · ${say("help")}</title>
<id>${home}</id>
<link href="${home}"/>
<link rel="self" href="${home}/feed.xml"/>
<updated>${new Date(newest[0]?.updatedAt ?? site.createdAt).toISOString()}</updated>
<author><name>${site.name}</name></author>
${newest.map(
  (
    entry,
  ) => html`<entry><title>${entry.title}</title><id>urn:uuid:${entry.id}</id><link href="${canonical}${articlePath(entry)}"/>
<published>${new Date(entry.createdAt).toISOString()}</published><updated>${new Date(entry.updatedAt).toISOString()}</updated>
<summary>${entry.excerpt}</summary></entry>
`,
)}</feed>`;
}

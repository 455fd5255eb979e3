import { Hono } from "hono";
import * as v from "valibot";
import { Availability, SiteId, SiteKey, Time } from "../../protocol/index.ts";
import { chooseLocale } from "../../ui/locale.ts";
import { toTime } from "../clock.ts";
import type { HelpShelf } from "../desk/articles/help-centre.ts";
import { collectionsIn } from "../desk/articles/help-collections.ts";
import type { Desk } from "../desk/desk.ts";
import { SiteSettings } from "../desk/sites/site-input.ts";
import { labelFor } from "../desk/sites/words.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

const WidgetConfig = v.object({
  site: SiteId,
  key: SiteKey,
  name: v.string(),
  ...v.omit(SiteSettings, ["hours", "patience", "mail", "labels", "wording", "theme"]).entries,
  theme: v.object({
    ...SiteSettings.entries.theme.entries,
    /** What stands beside the bell, in the language asked for. */
    label: v.optional(v.string()),
  }),
  /** The owner's own sentences in the language asked for, by their keys. */
  wording: v.optional(v.record(v.string(), v.string())),
  /** Whether this server sends mail. */
  mail: v.optional(v.literal(true)),
  availability: Availability,
  /** When a team that is closed answers in the coming week. */
  openings: v.optional(v.array(v.tuple([Time, Time]))),
  firstSteps: v.optional(
    v.object({
      name: v.string(),
      articles: v.array(v.object({ id: v.string(), title: v.string(), locale: v.string() })),
    }),
  ),
});
/** What a policy may keep from us. */
const DIRECTIVES = ["connect-src", "img-src", "script-src", "script-src-elem", "media-src"] as const;
const Preferred = v.object({
  locale: v.optional(v.pipe(v.string(), v.maxLength(35))),
  // What the widget found on its page, for the install page; what is not understood is left out.
  build: v.optional(v.fallback(v.optional(v.pipe(v.string(), v.regex(/^[\w-]{8}$/))), undefined)),
  tags: v.optional(v.fallback(v.optional(v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number))), undefined)),
  blocked: v.optional(v.fallback(v.optional(v.picklist(DIRECTIVES)), undefined)),
});
/** A beginning of more steps is none. */
const STEPS = 5;

/** `GET /api/widget/:key`: what the widget must know before anybody does anything. Behind `widget-origin.ts`. */
export function createWidgetRoutes(
  {
    attendance,
    helpCentre,
    sightings,
    suggestions,
  }: Pick<Desk, "attendance" | "helpCentre" | "sightings" | "suggestions">,
  parts: RouteParts,
): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get(
    "/",
    describes("What the widget must know", { 200: WidgetConfig }, { open: true }),
    query(Preferred),
    async (c) => {
      const { site } = c.var;
      const { locale = site.settings.locales[0] ?? "en", ...report } = c.req.valid("query");
      const origin = c.req.header("origin");
      if (origin !== undefined) sightings.see(site, origin, report);
      // Somebody has opened the panel and is about to type.
      suggestions.warm(site);
      const shelf = await helpCentre.shelf(site);
      return c.json({
        site: site.id,
        key: site.publicKey,
        name: site.name,
        ...shownOf(site.settings, locale),
        ...(parts.mail && { mail: true }),
        ...openingsOf(attendance.openings(site.key)),
        availability: parts.availability(site.key),
        ...firstStepsOf(shelf, locale),
      });
    },
  );
}

/** The settings that are for visitors, in their language. */
function shownOf(settings: SiteSettings, locale: string) {
  const { hours: _hours, patience: _patience, mail: _mail, labels, wording: all, theme, ...rest } = settings;
  const label = labelFor(labels, locale, settings.locales);
  const wording = all?.[chooseLocale([locale])];
  // What is said in this language stands before what is said in all.
  const greeting = wording?.["home.greeting"] ?? settings.greeting;
  return {
    ...rest,
    theme: { ...theme, ...(label !== undefined && { label }) },
    ...(greeting !== undefined && { greeting }),
    ...(wording && { wording }),
  };
}

function openingsOf(openings: readonly [number, number][]) {
  return openings.length > 0 && { openings: openings.map(([from, to]) => [toTime(from), toTime(to)]) };
}

/** The first public collection that a visitor can read. */
function firstStepsOf(shelf: HelpShelf, locale: string) {
  const [first] = collectionsIn(shelf, locale);
  if (!first) return undefined;
  const articles = first.entries.slice(0, STEPS).map(({ id, title, locale }) => ({ id, title, locale }));
  return { firstSteps: { name: first.name, articles } };
}

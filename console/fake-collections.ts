import { signal } from "@preact/signals";
import { type Fault, fault } from "../protocol/faults.ts";
import { MARA, SITE } from "./fake-line.ts";
import { type Collection, createCollections } from "./models/knowledge-collections.ts";
import { createCourse } from "./models/knowledge-course.ts";
import type { Route } from "./models/routes.ts";
import { createToasts } from "./models/toasts.ts";
import type { Http } from "./ports.ts";
import { en } from "./sentences/en.ts";
import { createMemoryShelf } from "./shelf.ts";

/* Only for tests: collections and the course through one, beside a server with one collection of three articles. */

interface Sent extends Pick<Collection, "name" | "visibility"> {
  articles: string[];
  locale?: string;
  names?: Collection["names"];
  was: Omit<Sent, "was">;
}

const article = (id: string) => ({ id, title: id, locale: "en", visibility: "public", state: "published" }) as const;
export const [ONE, TWO, THREE, FOUR] = [article("one"), article("two"), article("three"), article("four")];
export const FIRST_WEEK: Collection = {
  id: "c1",
  name: "First week",
  locale: "en",
  names: {},
  visibility: "internal",
  articles: [ONE, TWO, THREE],
};

const OTHERS: Collection = { ...FIRST_WEEK, id: "c2", name: "Of another site" };
export const OTHER_SITE = { ...SITE, id: "another" } as typeof SITE;

/** The model at a route, with a server that stores what it is sent. */
export function openCollections(
  route: Route = { page: "collections", collection: "c1" },
  shelf = createMemoryShelf(),
  who = MARA,
) {
  const now = signal<Route>(route);
  const router = {
    route: now,
    go(next: Route) {
      now.value = next;
    },
    dispose() {},
  };
  const server = {
    items: [FIRST_WEEK],
    puts: [] as string[][],
    /** The last that was stored, as it was sent. */
    put: undefined as Sent | undefined,
    refuse: undefined as Fault | undefined,
    down: false,
    hold: undefined as Promise<void> | undefined,
    /** Lists that were asked for are on their way until then, as they were. */
    late: undefined as Promise<void> | undefined,
    /** How often a colleague is quicker, and what they make of it. */
    meanwhile: [] as Partial<Collection>[],
  };
  const http = (async (method: string, path: string, body?: Sent) => {
    const value = (of: unknown) => ({ ok: true, value: of });
    if (method === "GET") {
      const { items } = server;
      await (server.late ?? server.hold);
      if (server.down) return { ok: false, fault: fault("unavailable", "Cannot answer") };
      const own = path.includes(SITE.id);
      return value({ items: path.endsWith("/needed") ? [own ? THREE : FOUR] : own ? items : [OTHERS] });
    }
    if (method !== "PUT" || !body) return value(undefined);
    await server.hold;
    const change = server.meanwhile.shift();
    if (change) server.items = server.items.map((one) => ({ ...one, ...change }));
    if (server.refuse) return { ok: false, fault: server.refuse };
    const { name, names, visibility, articles } = server.items[0] ?? FIRST_WEEK;
    const now = { name, visibility, articles: articles.map(({ id }) => id), names };
    if (JSON.stringify(body.was) !== JSON.stringify(now)) return { ok: false, fault: fault("stale", "Cannot change") };
    server.puts.push(body.articles);
    server.put = body;
    server.items = [{ ...FIRST_WEEK, names, ...body, articles: body.articles.map((id) => article(id)) }];
    return value(server.items[0]);
  }) as Http;
  const site = signal(SITE);
  const session = { site, agent: signal(who) } as never;
  const toasts = createToasts();
  const collections = createCollections(http, router, session, toasts, shelf);
  const course = createCourse(shelf, router, session, collections, async () => []);
  const said = () => toasts.shown.value.map(({ say }) => say(en));
  return { collections, course, server, router, shelf, site, said };
}

/** The articles of the current one, in their order. */
export const order = (collections: ReturnType<typeof createCollections>) =>
  collections.current.value?.articles.map(({ id }) => id);

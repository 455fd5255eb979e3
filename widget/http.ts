import type { Availability } from "../protocol/people.ts";
import type { RichText } from "../protocol/rich-text.ts";
import type { Marks } from "../ui/marked-text.tsx";
import type { Sentences } from "../ui/sentences.ts";
import { BUILD } from "./part.ts";

/** How the site's owner wants the widget; what stands on the page's own tag comes first. */
export interface Theme {
  /** One colour, or the eight that follow from it. */
  brand?: string | Record<string, string>;
  mode?: "auto" | "light" | "dark";
  position?: "left" | "right";
  /** Px from the edges: "20" or "20,88" (inline, block). */
  offset?: string;
  /** What stands beside the bell, in the visitor's language. */
  label?: string;
  faces?: "photos" | "initials";
}

export interface SiteConfig {
  site: string;
  name: string;
  locales: string[];
  theme?: Theme;
  mode?: "self-service" | "neutral" | "ask-first";
  availability: Availability;
  greeting?: string;
  /** What people may send beside words. */
  files?: { types: readonly string[]; megabytes: number };
  /** Whether the server sends mail. */
  mail?: true;
  /** When the team answers in the coming week, while it does not. */
  openings?: readonly (readonly [from: string, to: string])[];
  /** The owner's own beginning, in the visitor's language. */
  firstSteps?: { name: string; articles: readonly Pick<Suggestion, "id" | "title" | "locale">[] };
  logo?: string;
  /** The owner's own wording, in the visitor's language. */
  wording?: Sentences;
}

export interface Suggestion {
  id: string;
  slug: string;
  title: string;
  excerpt: string;
  locale: string;
  score: number;
  /** Ranges of the title to highlight. */
  marks?: Marks;
}

export interface Article {
  id: string;
  slug: string;
  title: string;
  locale: string;
  body: RichText;
  updatedAt: string;
  url: string;
}

/** The widget's few calls over plain HTTP. They reject with an error whose `status` says why, or with an abort. */
export interface Http {
  /** Says along what was found on the page; `blocked`: by which directive its policy keeps something of ours from it. */
  site(blocked?: string): Promise<SiteConfig>;
  suggest(asked: { q: string; url: string; title?: string; limit: number }, signal: AbortSignal): Promise<Suggestion[]>;
  article(idOrSlug: string): Promise<Article>;
  /** What a reader says of an article, or only that it was read; with the question that led there. */
  say(article: string, what: "verdict" | "reading", said: object): Promise<void>;
  /** A token for whom the site vouches. */
  visitor(said: { identity?: string; token?: string }): Promise<{ token: string }>;
}

export class HttpError extends Error {
  readonly status: number;
  /** How long the server asks to wait, where it does. */
  readonly afterMs: number;
  constructor({ status, headers }: Response) {
    super(`HTTP ${status}`);
    this.status = status;
    this.afterMs = Number(headers.get("retry-after")) * 1_000 || 0;
  }
}

/** Over `fetch`, without cookies. `locale` is read at each call. */
export function createHttp(host: string, key: string, locale: () => string): Http {
  const ask = async (path: string, init: RequestInit & { json?: unknown } = {}) => {
    const { json, ...rest } = init;
    const body = json !== undefined && {
      method: "POST",
      body: JSON.stringify(json),
      headers: { "content-type": "application/json" },
    };
    const response = await fetch(`${host}/api/widget/${key}${path}`, { credentials: "omit", ...body, ...rest });
    if (!response.ok) throw new HttpError(response);
    return response.status === 204 ? undefined : response.json();
  };
  const query = (fields: Record<string, string | number>) =>
    `?${new URLSearchParams({ ...(fields as Record<string, string>), locale: locale() })}`;
  return {
    site: (blocked) =>
      ask(
        query({
          build: BUILD,
          tags: document.querySelectorAll('[src*="/widget.js"]').length,
          ...(blocked && { blocked }),
        }),
      ),
    // Rejects also where somebody else answers, with something of another shape.
    suggest: async (asked, signal) =>
      (await ask(`/suggest${query(asked)}`, { signal })).suggestions.filter(({ title }: Suggestion) => title),
    article: (idOrSlug) => ask(`/articles/${encodeURIComponent(idOrSlug)}${query({})}`),
    say: (article, what, json) => ask(`/articles/${article}/${what}`, { json, keepalive: true }),
    visitor: (json) => ask("/visitors", { json }),
  };
}

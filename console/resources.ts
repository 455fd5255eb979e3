import type { AgentCard, Role, SiteCard } from "../protocol/people.ts";
import type { Locale } from "../ui/locale.ts";
import type { OpeningHours } from "../ui/opening-hours.ts";
import type { Wording } from "../ui/wording.ts";

/*
 * What the server's HTTP interface answers, as far as the console reads it.
 */

export interface List<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly avatar?: string;
  readonly sites?: readonly string[];
  /** Set while an invitation waits to be taken up. */
  readonly invited?: boolean;
  readonly invitation?: string;
}

export type Mode = "self-service" | "neutral" | "ask-first";

export interface FileSettings {
  readonly types: readonly string[];
  readonly megabytes: number;
}

export type Labels = Partial<Record<Locale, string>>;

/** How the widget looks. */
export interface Theme {
  readonly brand?: string;
  readonly mode?: "auto" | "light" | "dark";
  readonly position?: "left" | "right";
  /** Px from the edges: "20" or "20,88" (inline, block). */
  readonly offset?: string;
  readonly faces?: "photos" | "initials";
}

export interface Site extends SiteCard {
  readonly files?: FileSettings;
  readonly secret?: string;
  /** Until when the secret before counts as well. */
  readonly formerSecretUntil?: string | undefined;
  readonly origins: readonly string[];
  readonly greeting?: string;
  readonly theme?: Theme;
  /** Beside the bell, by language. */
  readonly labels?: Labels;
  /** The widget's sentences in the owner's own words, by language and key. */
  readonly wording?: Partial<Record<Locale, Wording>>;
  /** An address of an image; empty for none. */
  readonly logo?: string;
  readonly mode?: Mode;
  readonly hours?: OpeningHours | null;
  readonly patience?: { readonly apologise: number; readonly warn: number; readonly end: number };
  readonly mail?: { readonly replyTo?: string; readonly noticeAfter?: number };
  /** The host name on which the help centre stands alone; empty for none. */
  readonly helpHost?: string;
}

export type Visibility = "public" | "internal";
export type ArticleState = "draft" | "published";

export interface ArticleRow {
  readonly id: string;
  /** Shared by the translations of one article. */
  readonly group?: string;
  readonly title: string;
  readonly slug: string;
  readonly locale: string;
  readonly visibility: Visibility;
  readonly state: ArticleState;
  readonly category?: string;
  readonly excerpt?: string;
  readonly updatedAt: string;
  readonly url?: string;
}

export interface Article extends ArticleRow {
  readonly site?: string;
  /** Markdown. */
  readonly body: string;
  readonly pages?: readonly string[];
  readonly questions?: readonly string[];
}

/** One hit of the agents' search over public and internal articles. */
export interface Suggested {
  readonly id: string;
  readonly title: string;
  readonly excerpt: string;
  readonly url: string;
  readonly visibility: Visibility;
  readonly score: number;
  readonly locale: string;
}

export interface SavedReply {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** Where the widget was seen, and what it found there. */
export interface Seen {
  readonly origin: string;
  readonly at: string;
  readonly old?: true;
  readonly tags?: number;
  readonly blocked?: string;
}

export interface Install {
  readonly key: string;
  /** Where the script comes from. */
  readonly host: string;
  readonly snippet: string;
  readonly csp: string;
  readonly origins: readonly string[];
  readonly seen: readonly Seen[];
}

export interface Key {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly sites?: readonly string[];
  readonly createdAt: string;
  readonly creator?: AgentCard;
  /** Shown once, when made. */
  readonly token?: string;
}

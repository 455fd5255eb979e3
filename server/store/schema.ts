import type { ColumnType, Generated } from "kysely";

/*
 * One schema for both dialects. Inside, rows have integer keys and 16-byte ids; the public ids appear at the edge
 * (`ids.ts`). Times are milliseconds since 1970, booleans 0 and 1, lists and objects JSON text.
 */

type Uid = Uint8Array;
type Millis = number;
type Flag = ColumnType<number, number, number>;
/** Text that holds JSON of the named shape. */
type Json = string;

export interface Schema {
  /** `epoch`, the server's secret, and whatever else there is one of. */
  meta: { key: string; value: string };
  site: {
    id: Generated<number>;
    uid: Uid;
    key: string;
    secret: string;
    /** The one before, which counts until then, so that a site's own servers have time to change. */
    former_secret: string | null;
    former_until: Millis | null;
    name: string;
    origins: Json;
    settings: Json;
    /** Rises with every change to an article and with all that one learns, so that an index in memory knows it is old. */
    articles_version: Generated<number>;
    /** Rises with what readers may see of the articles, so that a help centre in memory knows it is old. */
    shelf_version: Generated<number>;
    created_at: Millis;
  };
  visitor: {
    id: Generated<number>;
    uid: Uid;
    site: number;
    name: string | null;
    email: string | null;
    verified: Flag;
    /** The site's own id of a verified person (`sub`), unique within the site. */
    subject: string | null;
    tier: string | null;
    attributes: Json | null;
    created_at: Millis;
  };
  visitor_token: { hash: Uid; visitor: number; created_at: Millis };
  agent: {
    id: Generated<number>;
    uid: Uid;
    /** An API key is an agent of its own, so that whatever it does has an author. */
    kind: "person" | "key";
    email: string | null;
    name: string;
    role: "owner" | "admin" | "agent";
    password: string | null;
    avatar: string | null;
    settings: Json | null;
    created_at: Millis;
    removed_at: Millis | null;
  };
  /** Which sites an agent answers for. Owners answer for all, without rows here. */
  agent_site: { agent: number; site: number };
  session: {
    hash: Uid;
    agent: number;
    created_at: Millis;
    /** By the server's steady clock. */
    expires_at: Millis;
    seen_at: Millis;
    device: string | null;
    address: string | null;
  };
  /** The secret of an agent of kind `key`. */
  api_key: { hash: Uid; agent: number; creator: number; created_at: Millis };
  /** Links that work once: an invitation, or a sign-in from the log. */
  ticket: { hash: Uid; agent: number; kind: "invitation" | "sign-in"; created_at: Millis; expires_at: Millis };
  conversation: {
    id: Generated<number>;
    uid: Uid;
    site: number;
    visitor: number;
    status: "open" | "snoozed" | "resolved";
    episode: number;
    opened_at: Millis;
    /** The newest event of either stream. */
    updated_at: Millis;
    /** The same in whole minutes: what lists are found by, so that most messages leave their index alone. */
    updated_minute: number;
    /** The newest event of `talk`: what the visitor's `updatedAt` is. */
    talk_at: Millis;
    resolved_at: Millis | null;
    assignee: number | null;
    /** Who last joined: the visitor's `assignee`, for `assigned` is not theirs to hear. */
    joined: number | null;
    talk_head: number;
    desk_head: number;
    read_visitor: number;
    read_agents: number;
    page: Json | null;
    locale: string | null;
    subject: string | null;
    latest: Json | null;
    survey: Json | null;
    tags: Json;
    priority: number;
    waiting_since: Millis | null;
    snoozed_until: Millis | null;
    /** How far each stream is in the full-text index, which follows the log. */
    text_talk: Generated<number>;
    text_desk: Generated<number>;
  };
  event: {
    conversation: number;
    stream: number;
    seq: number;
    uid: Uid;
    at: Millis;
    kind: number;
    author: number;
    type: string;
    body: Json;
  };
  article: {
    id: Generated<number>;
    uid: Uid;
    site: number;
    /** Shared by the translations of one article. */
    grp: Uid;
    slug: string;
    locale: string;
    title: string;
    body: string;
    /** The body as the tree that is drawn, made when it was saved. */
    rich: Json;
    /** Its words, for the search. */
    plain: string;
    excerpt: string;
    category: string | null;
    visibility: "public" | "internal";
    state: "draft" | "published";
    pages: Json;
    /** The file an import took it from, so that links between files are links between articles. */
    source: string | null;
    /** Its id where it came from: in another help centre, or the episode of a conversation. */
    source_id: string | null;
    /** Some of its links lead to articles that are not here (yet). */
    dangling: Flag;
    /** The site's `articles_version` at its newest change. */
    version: number;
    created_at: Millis;
    updated_at: Millis;
  };
  /** An address an article once had. */
  article_slug: { site: number; locale: string; slug: string; article: number };
  question: {
    id: Generated<number>;
    article: number;
    text: string;
    weight: number;
    /** `author` wrote it, a `conversation`, a reader's `verdict` or an agent's `link` taught it. */
    origin: string;
    /** What taught it: an episode of a conversation, a reader's session, or a linked question. Each teaches an article once. */
    lesson: string | null;
    created_at: Millis;
  };
  verdict: { article: number; session: string; solved: Flag; q: string | null; at: Millis };
  /** A question that somebody typed and read an article for, and what came of it. */
  reading: {
    id: Generated<number>;
    site: number;
    /** Read last. */
    article: number;
    locale: string;
    /** The reader's, until it is settled. */
    session: string | null;
    /** Stripped of what would tell who asked; gone once it is settled. */
    q: string | null;
    at: Millis;
    /** The newest reading, or word: 72 hours count from here. */
    read_at: Millis;
    solved: number | null;
    /** None while it may still change. */
    outcome: "solved" | "left" | "asked" | "unsolved" | null;
  };
  /** What somebody uploaded. Its bytes lie under `uid`. */
  file: {
    id: Generated<number>;
    uid: Uid;
    /** The id its author gave it: the same again is the same file. */
    sent_as: Uid;
    site: number;
    /** As in `event`. */
    kind: number;
    author: number;
    use: "message" | "article" | "photo";
    /** Of the message it came with. */
    conversation: number | null;
    name: string;
    type: string;
    size: number;
    width: number | null;
    height: number | null;
    /** SHA-256 of what was uploaded, before a picture was drawn anew. */
    hash: Uid;
    created_at: Millis;
    /** When a message or an article took it. */
    bound_at: Millis | null;
  };
  /** Bytes that belong to no file, or to none yet, and when they are removed. */
  file_gone: { uid: Uid; due_at: Millis };
  /** The reader's sessions from which a visitor wrote to a person, so that what was learned from them can be found. */
  visitor_session: { visitor: number; session: string };
  /** A question that no article answered, by day, stripped of what would tell who asked. */
  unanswered: {
    id: Generated<number>;
    site: number;
    /** Days since 1970, UTC. */
    day: number;
    /** Empty where it is not known. */
    locale: string;
    text: string;
    people: number;
    /** The conversation in which it was asked, so that its answer can be found; a search has none. */
    conversation: number | null;
    /** An agent said that it is not for them. */
    dismissed: Flag;
  };
  /** What an article was used for on one day. */
  article_day: { article: number; day: number; reads: number; links: number; searches: number };
  /** What an article said before it was changed. */
  revision: {
    id: Generated<number>;
    article: number;
    title: string;
    body: string;
    /** Who wrote what it says; absent for an import. */
    agent: number | null;
    at: Millis;
  };
  /** Articles in an order; `internal` ones are for agents. */
  collection: {
    id: Generated<number>;
    uid: Uid;
    site: number;
    name: string;
    /** The language of `name`; absent where nobody has said it. */
    locale: string | null;
    /** Its names in other languages, by language. */
    names: Generated<Json>;
    visibility: "public" | "internal";
    created_at: Millis;
  };
  collection_article: { collection: number; place: number; article: number };
  /** What an agent wrote of an article and did not save; `article` is 0 for a new one. */
  article_draft: { site: number; article: number; agent: number; text: Json; base: Millis | null; at: Millis };
  saved_reply: { id: Generated<number>; uid: Uid; site: number; name: string; text: string };
  /** Mail on its way; what went keeps no words. */
  mail: {
    id: Generated<number>;
    uid: Uid;
    site: number;
    visitor: number | null;
    kind: "code" | "transcript" | "notice" | "test";
    address: string;
    letter: Json;
    at: Millis;
    due_at: Millis;
    tries: number;
    done_at: Millis | null;
  };
  /** An address whose code the visitor could read. */
  mail_confirmed: { visitor: number; address: string; at: Millis };
  mail_code: { visitor: number; address: string; hash: Uid; tries: number; expires_at: Millis };
  /** Up to which message a conversation's visitor was told by mail. */
  mail_notice: { conversation: number; seq: number; unread: number; at: Millis };
  /** Who wants no more notices of a site: a hash of both. */
  mail_stop: { hash: Uid; at: Millis };
  /** When the widget last asked for its configuration, per origin: the install page's live check. */
  sighting: {
    site: number;
    origin: string;
    at: Millis;
    /** Which build of the widget, as its file's name says it, and how many tags brought it. */
    build: string | null;
    tags: number | null;
    /** What the page's policy last kept from us, by directive, and when. */
    blocked: string | null;
    blocked_at: Millis | null;
  };
  /** What owners and admins changed; never a secret. */
  audit: {
    id: Generated<number>;
    at: Millis;
    /** Who; absent for who set the desk up. */
    agent: number | null;
    site: number | null;
    action: string;
    /** The public id of what was changed, and what it was called. */
    target: string | null;
    name: string | null;
    before: Json | null;
    after: Json | null;
    address: string | null;
  };
  /** Which signed identities brought which visitor's token, while they last. */
  identity_use: { token: Uid; identity: Uid; expires_at: Millis };
  /** Identities that were logged out, until they would end anyway. */
  identity_revoked: { site: number; identity: Uid; expires_at: Millis };
}

import type { Conversation, ConversationId, Hello, Reply, ServerPulse } from "../../protocol/index.ts";

/*
 * What reached people besides events: the words in whatever packet they came, conversations as they were told to stand,
 * pulses. Kept small, and compared with the log when that lies still.
 */

/** Every text of the crowd's bears a number of its own, of one length, so that none is the beginning of another. */
const NUMBER_LENGTH = 8;
const NUMBERED = new RegExp(`says (\\d{${NUMBER_LENGTH}})`, "g");

/** A conversation as somebody was told that it stands. */
export interface Snapshot {
  readonly person: string;
  readonly side: "visitor" | "agent";
  readonly id: ConversationId;
  readonly head: { readonly talk: number; readonly desk?: number | undefined };
  readonly read: Conversation["read"];
  readonly shows: Shown;
}

/** What of it follows from its log. */
export interface Shown {
  readonly status: Conversation["status"];
  readonly episode: number;
  readonly assignee: string | null;
  /** Only agents are told. */
  readonly tags: readonly string[] | null;
  readonly latest: { readonly seq: number; readonly text: string } | null;
  readonly subject: string | null;
  readonly survey: { readonly episode: number; readonly solved: boolean | null; readonly rating: number | null } | null;
}

export interface Hearsay {
  /** The numbers of all words that reached somebody. */
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
  /** What was said of which conversation in pulses: `typing`, and by whom. */
  readonly pulses: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who pulsed that they type, and where. */
  readonly typed: ReadonlySet<string>;
  readonly snapshots: Iterable<Snapshot>;
  /** Words that stand under a number in a conversation, or stood there, or were to. */
  worded(conversation: ConversationId, seq: number, text: string): void;
  /** Its author took a message back, and was told at `tick` that it is. */
  tookBack(conversation: ConversationId, seq: number, tick: number): void;
  /** By number, the words that were taken back. */
  readonly takenBack: ReadonlyMap<string, number>;
  listen(person: string, packet: unknown): void;
  /** In words, what an answer still holds that had been taken back before it was asked for. */
  stale(answer: Reply | Hello, asked: number): string | undefined;
  saw(person: string, side: Snapshot["side"], conversation: Conversation): void;
  pulsed(person: string, pulse: ServerPulse): void;
  typing(person: string, conversation: ConversationId): void;
  /** The log is another one. */
  forget(): void;
}

/** The numbers in a text. */
export function numbersIn(text: string): string[] {
  return Array.from(text.matchAll(NUMBERED), ([, number]) => number as string);
}

/** Words that are nobody else's. */
export function numbered(name: string, n: number): string {
  return `${name} says ${String(n).padStart(NUMBER_LENGTH, "0")}`;
}

export function createHearsay(): Hearsay {
  const words = new Map<string, Set<string>>();
  const pulses = new Map<string, Set<string>>();
  const typed = new Set<string>();
  const snapshots = new Map<string, Snapshot>();
  const standing = new Map<string, Set<string>>();
  const takenBack = new Map<string, number>();
  return {
    words,
    pulses,
    typed,
    takenBack,
    snapshots: { [Symbol.iterator]: () => snapshots.values() },
    worded(conversation, seq, text) {
      for (const number of numbersIn(text)) setOf(standing, `${conversation} ${seq}`).add(number);
    },
    tookBack(conversation, seq, tick) {
      for (const number of standing.get(`${conversation} ${seq}`) ?? [])
        if (!takenBack.has(number)) takenBack.set(number, tick);
    },
    listen(person, packet) {
      if (typeof packet !== "string") return;
      for (const number of numbersIn(packet)) setOf(words, person).add(number);
    },
    stale(answer, asked) {
      if (takenBack.size === 0) return undefined;
      const number = numbersIn(JSON.stringify(answer)).find((one) => (takenBack.get(one) ?? asked) < asked);
      return number && `was told what had been taken back before (${number})`;
    },
    saw(person, side, conversation) {
      const { id, head, read } = conversation;
      const shows = shownOf(conversation);
      snapshots.set(JSON.stringify([side, id, head, read, shows]), { person, side, id, head, read, shows });
    },
    pulsed(person, pulse) {
      if (!("conversation" in pulse)) return;
      const by = pulse.type === "typing" ? ` ${pulse.by.kind} ${pulse.by.id}` : "";
      setOf(pulses, person).add(`${pulse.conversation} ${pulse.type}${by}`);
    },
    typing: (person, conversation) => void typed.add(`${conversation} ${person}`),
    forget() {
      for (const kept of [words, pulses, typed, snapshots, standing, takenBack]) kept.clear();
    },
  };
}

function shownOf(conversation: Conversation): Shown {
  const { status, episode, assignee, tags, latest, subject, survey } = conversation;
  return {
    status,
    episode,
    assignee: assignee?.id ?? null,
    tags: tags ? [...tags].sort() : null,
    latest: latest ? { seq: latest.seq, text: latest.text } : null,
    subject: subject ?? null,
    survey: survey
      ? { episode: survey.episode, solved: survey.answer?.solved ?? null, rating: survey.answer?.rating ?? null }
      : null,
  };
}

function setOf<K>(map: Map<K, Set<string>>, key: K): Set<string> {
  const known = map.get(key) ?? new Set<string>();
  map.set(key, known);
  return known;
}

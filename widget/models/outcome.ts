import type { VisitorCommand } from "../../protocol/command.ts";
import type { Conversation } from "../../protocol/conversation.ts";
import type { SurveyAnswer } from "../../protocol/event.ts";
import { computed, signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import type { Log } from "./log.ts";
import type { VisitorLink } from "./session.ts";
import type { Thread } from "./thread.ts";

const CHANGE_MS = 24 * 3_600_000;
/** Whoever rated is asked for no other rating for so long; whether it is solved, always. */
const RATED_FOR_MS = 7 * 24 * 3_600_000;
const RETRY_MS = 1_000;
/** Also known to `app.ts`, which brings this model where an answer waits. */
const RATE_KEY = "rate";
const SKIP_KEY = "skipped";

type Rate = Extract<VisitorCommand, { type: "rate" }>;

export type Step = "solved" | "rating" | "reasons" | "thanks";

/**
 * "Did this solve your problem?", then the rating. Each answer is kept until it is acknowledged, so that none is lost to a
 * bad line; what was answered is read from the conversation itself, so that a reload goes on where it stood.
 */
export function createOutcome(ports: {
  storage: Storage;
  thread: Thread;
  log: Log;
  link(): VisitorLink | undefined;
  /** The visitor said "Not yet": they will want to say what is still wrong. */
  reopened(): void;
}) {
  const { storage, thread } = ports;
  const waiting = signal<Rate | undefined>(storage.get(RATE_KEY));
  const skipped = signal<string | undefined>(storage.get(SKIP_KEY));
  /** The visitor opened the scale again, or went on to the reasons, or is done with them. */
  const turned = signal<Step | undefined>(undefined);
  let sending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  /** What was answered, whether or not the server knows it already. */
  const answer = computed<SurveyAnswer | undefined>(() => {
    const conversation = thread.conversation.value;
    const late = waiting.value;
    if (late && late.conversation === conversation?.id && late.episode === conversation.survey?.episode) return late;
    return conversation?.survey?.answer;
  });

  const step = computed<Step | undefined>(() => {
    const conversation = thread.conversation.value;
    const { survey } = conversation ?? {};
    if (!conversation || !survey || conversation.status !== "resolved" || survey.episode !== conversation.episode)
      return;
    if (Date.parse(survey.expiresAt) < Date.now()) return;
    if (!answer.value?.solved) return answer.value ? undefined : "solved";
    if (turned.value) return turned.value;
    if (answer.value.rating !== undefined || ratedLately(conversation)) return "thanks";
    return skipped.value === skipKey(conversation) ? undefined : "rating";
  });

  /** A rating of theirs that is not older: of another conversation, or of this one's end before. */
  function ratedLately({ id, episode: current }: Conversation): boolean {
    const talks = Array.from(ports.log.talks.value.values(), (talk) => talk.value);
    return talks.some(({ conversation, events }) => {
      const { episode = 0, answer } = conversation.survey ?? {};
      const given = [{ episode, ...answer }, ...events.filter((event) => event.type === "rated")];
      return given.some(
        ({ at, rating, episode }) =>
          rating && at && Date.parse(at) > Date.now() - RATED_FOR_MS && (conversation.id !== id || episode !== current),
      );
    });
  }

  function say(said: Partial<SurveyAnswer>) {
    const conversation = thread.conversation.peek();
    if (!conversation?.survey) return;
    const { at: _at, type: _type, ...before } = { at: "", type: "", ...answer.peek() };
    waiting.value = {
      ...before,
      solved: true,
      ...said,
      type: "rate",
      conversation: conversation.id,
      episode: conversation.survey.episode,
    };
    storage.set(RATE_KEY, waiting.value);
    void flush();
  }

  async function flush(): Promise<void> {
    const link = ports.link();
    const rate = waiting.peek();
    if (!rate || sending || closed || !link?.up) return;
    sending = true;
    const reply = await link.send(rate);
    sending = false;
    if (closed) return;
    if (!reply.ok && reply.fault.retry === "after") {
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), reply.fault.afterMs ?? RETRY_MS);
      return;
    }
    if (reply.ok) for (const event of reply.events ?? (reply.event ? [reply.event] : [])) ports.log.place(event);
    if (waiting.peek() !== rate) return flush();
    waiting.value = undefined;
    storage.remove(RATE_KEY);
  }

  return {
    step,
    answer,
    /** Until when the answer may be changed; ms since 1970. */
    until: computed(() => {
      const answered = thread.conversation.value?.survey?.answer?.at;
      return (answered ? Date.parse(answered) : Date.now()) + CHANGE_MS;
    }),
    solved(solved: boolean) {
      turned.value = undefined;
      say({ solved });
      if (!solved) ports.reopened();
    },
    /** Saved as soon as it is chosen. */
    rate(rating: number) {
      turned.value = "rating";
      say({ rating });
    },
    next() {
      turned.value = "reasons";
    },
    feedback(more: Pick<SurveyAnswer, "reasons" | "comment">) {
      turned.value = "thanks";
      say(more);
    },
    change() {
      turned.value = "rating";
    },
    skip() {
      const conversation = thread.conversation.peek();
      // Skipping the reasons ends with thanks: the rating itself was given.
      turned.value = answer.peek()?.rating === undefined ? undefined : "thanks";
      if (turned.peek() || !conversation) return;
      skipped.value = skipKey(conversation);
      storage.set(SKIP_KEY, skipped.value);
    },
    /** The visitor's own "My problem is solved": then only the rating is asked. */
    async resolve() {
      const conversation = thread.conversation.peek();
      if (!conversation) return;
      const reply = await ports.link()?.send({ type: "resolve", conversation: conversation.id });
      if (!reply?.ok) return;
      for (const event of reply.events ?? (reply.event ? [reply.event] : [])) ports.log.place(event);
      await ports.log.sync(conversation.id);
      turned.value = undefined;
      say({ solved: true });
    },
    flush,
    /** Another conversation came into view. */
    reset() {
      turned.value = undefined;
    },
    dispose() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

export type Outcome = ReturnType<typeof createOutcome>;

function skipKey({ id, episode }: Conversation): string {
  return `${id}/${episode}`;
}

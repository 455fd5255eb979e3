import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { v7 } from "uuid";
import type { ArticleCard, Event } from "../../protocol/event.ts";
import type { AgentId, ArticleId, EventId } from "../../protocol/ids.ts";
import { NOT_TYPING, type Typing, typed } from "../../protocol/typing.ts";
import { plainName } from "../plain-name.ts";
import type { Line } from "../ports.ts";
import type { Suggested } from "../resources.ts";
import type { ArticleBody } from "./article-body.ts";
import { fillBlanks, openBlanks } from "./blanks.ts";
import { type Draft, type Drafts, EMPTY_DRAFT, type WritingMode } from "./drafts.ts";
import type { Met, Said } from "./knowledge-said.ts";
import type { Outbox, Pending } from "./outbox.ts";
import type { Choice, Picker } from "./picker.ts";
import { plainText } from "./plain-text.ts";
import type { Session } from "./session.ts";
import type { Thread } from "./thread.ts";
import type { Threads } from "./threads.ts";
import { triggerAt } from "./trigger.ts";
import type { Going, Uploads } from "./uploads.ts";

/** Why a send was stopped, once: what it is about is shown, and the next press sends. Files that are not there stop each. */
export type Held =
  | { readonly why: "unseen"; readonly events: readonly Event[] }
  | { readonly why: "files" }
  | { readonly why: "blanks"; readonly blanks: readonly string[] }
  | { readonly why: "again"; readonly title: string; readonly met: Met };

/** The one field at the bottom of a thread. It belongs to whichever conversation is open. */
export interface Composer {
  readonly draft: ReadonlySignal<Draft>;
  readonly text: ReadonlySignal<string>;
  readonly ready: ReadonlySignal<boolean>;
  /** What this reply cannot go without: files on their way, or refused. */
  readonly awaited: ReadonlySignal<readonly Going[]>;
  readonly held: ReadonlySignal<Held | undefined>;
  /** Rises whenever the field should take the focus; `caret` says where. */
  readonly focus: ReadonlySignal<{ readonly times: number; readonly caret?: number }>;
  /** Whether the newest message is on the screen: told by the thread's view. */
  readonly atEnd: Signal<boolean>;
  write(text: string, caret: number): void;
  /** The caret moved without a change. */
  moved(caret: number): void;
  setMode(mode: WritingMode): void;
  detach(): void;
  detachFile(id: string): void;
  pick(choice: Choice, paste: boolean): Promise<void>;
  /** The open picker's article goes out as it is; what cannot be linked is only put into the text. */
  pickAndSend(choice: Choice): Promise<void>;
  /** Writes a trigger's mark where the text ends, as its button does. */
  begin(mark: "#" | "/" | "@"): void;
  send(): void;
  /** Puts a reply that was sent, or was to be, into its field again, before what was begun meanwhile, and leads there. */
  giveBack(pending: Pending): void;
  looked(): void;
  dispose(): void;
}

export function createComposer(
  { link }: Pick<Line, "link">,
  articleBody: ArticleBody,
  session: Session,
  threads: Threads,
  outbox: Outbox,
  drafts: Drafts,
  picker: Picker,
  said: Said,
  uploads?: Pick<Uploads, "going">,
): Composer {
  const held = signal<Held>();
  const focus = signal<{ times: number; caret?: number }>({ times: 0 });
  const atEnd = signal(true);
  // The newest talk event that was in view, per conversation: what `post` calls `seen`.
  const seen = new Map<string, number>();
  let typing: Typing = NOT_TYPING;

  const id = computed(() => threads.current.value?.id);
  const draft = computed(() => (id.value ? drafts.of(id.value).value : EMPTY_DRAFT));
  const text = computed(() => draft.value[draft.value.mode]);
  const awaited = computed(() => {
    const of = draft.value.mode === "reply" ? uploads?.going.value : undefined;
    return of?.filter(({ conversation }) => conversation === id.value) ?? [];
  });
  const ready = computed(() => {
    const thread = threads.current.value;
    if (thread?.state.value !== "open") return false;
    const { mode, article, files = [] } = draft.value;
    // What was chosen goes along: nobody sends a reply without the file it speaks of.
    if (awaited.value.length > 0) return false;
    return text.value.trim() !== "" || (mode === "reply" && (article !== undefined || files.length > 0));
  });

  function change(part: Partial<Draft>) {
    if (!id.peek()) return;
    const { article, ...rest } = { ...draft.peek(), ...part };
    drafts.set(id.peek() as NonNullable<typeof id.value>, article ? { ...rest, article } : rest);
  }

  function setText(text: string, caret?: number) {
    change({ [draft.peek().mode]: text });
    focus.value = { times: focus.peek().times + 1, ...(caret !== undefined && { caret }) };
  }

  /** Tells who looks at a conversation that text is being written there, or none any more; no more often than is worth it. */
  function type(full: boolean, conversation = id.peek()) {
    const [next, on] = typed(typing, full, Date.now());
    typing = next;
    if (on !== undefined && conversation) link.pulse({ type: "typing", conversation, on });
  }

  /** Replies by others that came while a reply was being written: it may no longer be right. */
  function unseen(thread: Thread): readonly Event[] {
    const me = session.agent.peek()?.id;
    const after = seen.get(thread.id) ?? 0;
    return thread.log.peek().talk.filter(({ seq, type, by }) => seq > after && type === "posted" && by.id !== me);
  }

  const looked = () => {
    const thread = threads.current.peek();
    const head = thread?.conversation.peek()?.head.talk;
    if (thread && head !== undefined) seen.set(thread.id, head);
    if (held.peek()?.why === "unseen") held.value = undefined;
  };

  const stops = [
    effect(() => {
      if (awaited.value.length === 0 && held.peek()?.why === "files") held.value = undefined;
    }),
    // In view is what arrives while the end of the thread is on the screen, except a colleague's reply to what we are writing.
    effect(() => {
      const thread = threads.current.value;
      const head = thread?.conversation.value?.head.talk;
      if (!thread || head === undefined) return;
      const end = atEnd.value;
      untracked(() => {
        const news = seen.has(thread.id) ? unseen(thread) : [];
        const writing = draft.peek().mode === "reply" && text.peek().trim() !== "";
        const colleague = news.some(({ by }) => by.kind === "agent");
        if (writing && news.length > 0 && (colleague || !end)) held.value = { why: "unseen", events: news };
        else if (end || !seen.has(thread.id)) looked();
      });
    }),
    effect(() => {
      const conversation = id.value;
      return () => {
        // Who goes on elsewhere has stopped here.
        type(false, conversation);
        held.value = undefined;
        picker.trigger.value = undefined;
        atEnd.value = true;
      };
    }),
  ];

  function putBack({ command, card, files: returning = [] }: Pending) {
    const kept = drafts.of(command.conversation).peek();
    // Whatever was begun meanwhile stays below what came back.
    const reply = [command.text, kept.reply].filter(Boolean).join("\n\n");
    const article = kept.article ?? (card && returned(card));
    const files = [...(kept.files ?? []), ...returning];
    drafts.set(command.conversation, { ...kept, mode: "reply", reply, files, ...(article && { article }) });
  }

  outbox.onHeldBack((pending, events) => {
    putBack(pending);
    if (pending.command.conversation === id.peek()) held.value = { why: "unseen", events };
  });

  function send() {
    const thread = threads.current.peek();
    const conversation = thread?.conversation.peek();
    if (awaited.peek().length > 0 && held.peek()?.why !== "unseen") held.value = { why: "files" };
    if (!thread || !conversation || !ready.peek()) return;
    const { mode, article, files = [] } = draft.peek();
    const written = text.peek().trim();
    if (mode === "reply" && held.peek()?.why === "unseen") return looked();
    const blanks = mode === "reply" ? openBlanks(written) : [];
    if (blanks.length > 0 && held.peek()?.why !== "blanks") {
      held.value = { why: "blanks", blanks };
      return;
    }
    const again = mode === "reply" && article && (said.articles.peek().get(article.id) ?? said.written(article.url));
    if (again && held.peek()?.why !== "again") {
      held.value = { why: "again", title: article.title, met: again };
      return;
    }
    const common = { conversation: thread.id, id: v7() as EventId, text: written };
    batch(() => {
      if (mode === "note") outbox.send({ type: "note", ...common, ...mentioned(written) });
      else {
        const seq = Math.max(seen.get(thread.id) ?? 0, ...ownSeqs(thread));
        const linked = article ? { article: article.id as ArticleId } : {};
        const carried = files.length > 0 ? { files: files.map((file) => file.id) } : {};
        outbox.send({ type: "post", ...common, ...linked, ...carried, seen: seq }, article && cardOf(article), files);
      }
      change(mode === "note" ? { note: "" } : { reply: "", article: undefined as never, files: [] });
      held.value = undefined;
      picker.trigger.value = undefined;
    });
    type(false);
    focus.value = { times: focus.peek().times + 1 };
  }

  function ownSeqs(thread: Thread): number[] {
    const me = session.agent.peek()?.id;
    const last = thread.log.peek().talk.findLast(({ by }) => by.id === me);
    // Our own message and what it brought about (assigned, joined) is nothing unseen, unless others wrote before it.
    return last && unseen(thread).every(({ seq }) => seq > last.seq) ? [last.seq] : [];
  }

  function mentioned(text: string) {
    const mentions = session.colleagues.peek().filter(({ name }) => text.includes(`@${name}`));
    return mentions.length > 0 ? { mentions: mentions.map(({ id }) => id as AgentId) } : {};
  }

  return {
    draft,
    text,
    ready,
    awaited,
    held,
    focus,
    atEnd,
    write(written, caret) {
      const { mode } = draft.peek();
      batch(() => {
        change({ [mode]: written });
        picker.trigger.value = triggerAt(written, caret, mode);
        if (held.peek()?.why !== "unseen") held.value = undefined;
      });
      // Colleagues see who is replying; the visitor sees it too. A note concerns neither.
      if (mode === "reply") type(written.trim() !== "");
    },
    moved(caret) {
      picker.trigger.value = triggerAt(text.peek(), caret, draft.peek().mode);
    },
    setMode(mode) {
      batch(() => {
        change({ mode });
        picker.trigger.value = undefined;
        focus.value = { times: focus.peek().times + 1 };
      });
      if (mode === "note") type(false);
    },
    detach() {
      change({ article: undefined as never });
      if (held.peek()?.why === "again") held.value = undefined;
    },
    pick,
    async pickAndSend(choice) {
      const whole = choice.kind === "article" && draft.peek().mode === "reply";
      await pick(choice, false);
      if (whole && draft.peek().article === choice.article) send();
    },
    begin(mark) {
      const now = text.peek();
      const written = now === "" || /\s$/.test(now) ? now + mark : `${now} ${mark}`;
      setText(written, written.length);
      picker.trigger.value = triggerAt(written, written.length, draft.peek().mode);
    },
    detachFile: (id) => change({ files: (draft.peek().files ?? []).filter((file) => file.id !== id) }),
    send,
    giveBack(pending) {
      putBack(pending);
      if (pending.command.conversation === id.peek()) focus.value = { times: focus.peek().times + 1 };
    },
    looked,
    dispose() {
      for (const stop of stops) stop();
    },
  };

  async function pick(choice: Choice, paste: boolean): Promise<void> {
    const trigger = picker.trigger.peek();
    if (!trigger) return;
    const before = text.peek().slice(0, trigger.from);
    const after = text.peek().slice(trigger.to);
    picker.trigger.value = undefined;
    const put = (middle: string) => setText(before + middle + after, before.length + middle.length);
    if (choice.kind === "reply") {
      const visitor = plainName(threads.current.peek()?.conversation.peek()?.visitor?.name);
      put(
        fillBlanks(choice.reply.text, {
          visitor,
          agent: session.agent.peek()?.name,
          site: session.site.peek()?.name,
        }),
      );
    } else if (choice.kind === "mention") put(`@${choice.agent.name} `);
    else if (paste) put(await answerOf(choice.article));
    else if (draft.peek().mode === "note") put(`${choice.article.title} ${choice.article.url} `);
    // What only the team may read cannot be linked for a visitor.
    else if (choice.article.visibility === "internal") put(await answerOf(choice.article));
    else {
      batch(() => {
        put("");
        change({ article: choice.article });
      });
    }
  }

  async function answerOf(article: Suggested): Promise<string> {
    const body = await articleBody(article.id);
    return body ? plainText(body) : article.excerpt;
  }
}

function cardOf({ id, title, excerpt, url }: Suggested): ArticleCard {
  return { id: id as ArticleId, title, excerpt, url };
}

function returned(card: ArticleCard): Suggested {
  return { ...card, visibility: "public", score: 0, locale: "" };
}

import { computed, effect, type ReadonlySignal, untracked } from "@preact/signals";
import { createDoor } from "./door.ts";
import type { Entrance, Surroundings } from "./entrance.ts";
import { type Actions, createActions } from "./models/actions.ts";
import { type ArticleBody, createArticleBody } from "./models/article-body.ts";
import { type Command, createCommands } from "./models/commands.ts";
import { type Composer, createComposer } from "./models/composer.ts";
import { createDetails, type Details } from "./models/details.ts";
import { createDrafts } from "./models/drafts.ts";
import { createEditor, type Editor } from "./models/editor.ts";
import { createInbox, type Inbox } from "./models/inbox.ts";
import type { Item } from "./models/items.ts";
import { createKeyboard, type Keyboard } from "./models/keyboard.ts";
import { createKnowledge, type Knowledge } from "./models/knowledge.ts";
import { type Collections, createCollections } from "./models/knowledge-collections.ts";
import { type Course, createCourse } from "./models/knowledge-course.ts";
import { createAnswerOnce } from "./models/knowledge-drafts.ts";
import { createKnowledgeFigures, type KnowledgeFigures } from "./models/knowledge-figures.ts";
import { type ArticleFinder, createArticleFinder } from "./models/knowledge-finder.ts";
import { createKeeper } from "./models/knowledge-keeper.ts";
import { createLearned, type Learned } from "./models/knowledge-learned.ts";
import { createPictures, type Pictures } from "./models/knowledge-pictures.ts";
import { createEditorRevisions, type EditorRevisions } from "./models/knowledge-revisions.ts";
import { createSaid, type Said } from "./models/knowledge-said.ts";
import { createSelfService, type SelfService } from "./models/knowledge-self-service.ts";
import { createTranslations, type Translations } from "./models/knowledge-translations.ts";
import { createUnanswered, type Unanswered } from "./models/knowledge-unanswered.ts";
import { createOutbox, type Outbox } from "./models/outbox.ts";
import { createOverlays, type Overlays } from "./models/overlays.ts";
import { createPalette, type Palette } from "./models/palette.ts";
import { createPicker, type Picker } from "./models/picker.ts";
import { createPresence, type Presence } from "./models/presence.ts";
import { createReplies, type Replies } from "./models/replies.ts";
import { createRing } from "./models/ring.ts";
import { createSecurity, type Security } from "./models/security.ts";
import { createSettings, type Settings } from "./models/settings.ts";
import { createMailSettings, type MailSettings } from "./models/settings-mail.ts";
import { createShown } from "./models/shown.ts";
import { createThreads, type Threads } from "./models/threads.ts";
import { createToasts, type Toasts } from "./models/toasts.ts";
import { createUndo, type Undo } from "./models/undo.ts";
import { createUploads, type Uploads } from "./models/uploads.ts";
import { nameOf } from "./names.ts";
import type { Bell, Line } from "./ports.ts";
import { shelfOf } from "./shelf.ts";

type Common = Pick<Entrance, "clock" | "preferences" | "locale" | "t" | "router" | "session">;

/** Everything the views of one agent draw from. */
export interface App extends Common {
  /** Whose it is. */
  readonly agent: string;
  /** Whether there are words that last no longer than this page. */
  readonly brief: ReadonlySignal<boolean>;
  readonly presence: Presence;
  readonly threads: Threads;
  /** What the open thread shows. */
  readonly items: ReadonlySignal<readonly Item[]>;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly articleBody: ArticleBody;
  readonly picker: Picker;
  readonly said: Said;
  readonly replies: Replies;
  readonly composer: Composer;
  readonly undo: Undo;
  readonly uploads: Uploads;
  readonly details: Details;
  readonly knowledge: Knowledge;
  readonly editor: Editor;
  readonly learned: Learned;
  readonly revisions: EditorRevisions;
  readonly translations: Translations;
  readonly unanswered: Unanswered;
  readonly collections: Collections;
  readonly course: Course;
  readonly figures: KnowledgeFigures;
  readonly selfService: SelfService;
  readonly findArticles: ArticleFinder;
  readonly pictures: Pictures;
  readonly settings: Settings;
  readonly mail: MailSettings;
  readonly security: Security;
  readonly overlays: Overlays;
  readonly toasts: Toasts;
  readonly actions: Actions;
  readonly commands: readonly Command[];
  readonly palette: Palette;
  readonly keyboard: Keyboard;
  readonly bell: Bell;
  dispose(): void;
}

/**
 * Wires the models of one agent, who is signed in. All that they remember begins here and ends with `dispose`, and what
 * they write down lies on the agent's own shelf: the next one in this browser finds nothing of it (D9).
 */
export function createApp(agent: string, entrance: Common, line: Line, around: Surroundings): App {
  const { clock, preferences, locale, t, router, session } = entrance;
  const { reach, shelf, bell } = around;
  const door = createDoor(line.link, around.http, around.upload);
  const { link, http, upload } = door;
  const own = shelfOf(shelf, agent);
  const overlays = createOverlays();
  const toasts = createToasts();
  const presence = createPresence(link, preferences.away);
  const threads = createThreads(link, router);
  const inbox = createInbox(link, router, session);
  const outbox = createOutbox(link, threads, own, around.tabs?.(agent), line.again);
  const replies = createReplies(http, session);
  const articleBody = createArticleBody(http);
  const figures = createKnowledgeFigures(http, router, session);
  const picker = createPicker(http, session, replies.all, figures);
  const said = createSaid(http, session, threads);
  const drafts = createDrafts(own);
  const uploads = createUploads(session, (conversation, file) => {
    const draft = drafts.of(conversation).peek();
    drafts.set(conversation, { ...draft, files: [...(draft.files ?? []), file] });
  });
  const composer = createComposer(door, articleBody, session, threads, outbox, drafts, picker, said, uploads);
  const answerOnce = createAnswerOnce(http, router, threads, toasts);
  const actions = answerOnce.beside(createActions(link, router, session, threads, inbox, outbox, overlays, toasts));
  const details = createDetails(http, session, threads, toasts);
  const knowledge = createKnowledge(http, router, session);
  const editor = createEditor(http, createKeeper(http, own, clock.read), router, session, knowledge);
  const learned = createLearned(http, editor);
  const revisions = createEditorRevisions(http, editor);
  const translations = createTranslations(http, router, session, editor, toasts);
  const unanswered = createUnanswered(http, router, session, toasts);
  const selfService = createSelfService(http, router, session);
  const collections = createCollections(http, router, session, toasts, own);
  const course = createCourse(shelf, router, session, collections, articleBody);
  const mail = createMailSettings(http, router, session);
  const settings = createSettings(http, reach, router, session, clock.read, upload);
  const security = createSecurity(http, router, session, settings.site);
  const commands = createCommands(session, router, threads, composer, actions, overlays, answerOnce);
  const palette = createPalette(http, t, commands, session, router, inbox, overlays);
  const ring = createRing(inbox, router, session, preferences, clock, bell, (row) => nameOf(row, t.peek()));
  const keyboard = createKeyboard(commands, session, overlays, preferences);

  const stops = [
    effect(() => {
      if (session.site.value) void replies.fetch();
    }),
    effect(() => {
      void router.route.value;
      overlays.close();
    }),
    // Whatever led to a conversation, its own site's articles, replies and files go into it, and its list stands beside it.
    effect(() => {
      const site = threads.current.value?.conversation.value?.site;
      if (session.sites.value.some(({ id }) => id === site))
        untracked(() => site !== session.site.peek()?.id && session.choose(site as string));
    }),
  ];
  line.connect(threads.since, () => preferences.away.peek());

  return {
    agent,
    clock,
    brief: computed(() => shelf.brief.value && (composer.text.value.trim() !== "" || outbox.pending.value.length > 0)),
    preferences,
    locale,
    t,
    router,
    session,
    presence,
    threads,
    items: createShown(session, threads, outbox),
    inbox,
    outbox,
    articleBody,
    picker,
    said,
    replies,
    composer,
    undo: createUndo(link, threads, outbox, composer, uploads, toasts),
    uploads,
    details,
    knowledge,
    editor,
    learned,
    revisions,
    translations,
    unanswered,
    collections,
    course,
    figures,
    selfService,
    findArticles: createArticleFinder(http, session),
    pictures: createPictures(upload, session, toasts),
    settings,
    mail,
    security,
    overlays,
    toasts,
    actions,
    commands,
    palette,
    keyboard,
    bell,
    dispose() {
      door.shut();
      for (const stop of stops) stop();
      line.disconnect();
      const parts = [ring, presence, threads, inbox, outbox, picker, said, composer, details];
      const written = [
        knowledge,
        editor,
        learned,
        revisions,
        translations,
        unanswered,
        figures,
        selfService,
        collections,
        course,
      ];
      for (const part of [...parts, ...written, settings, mail, security, toasts, palette]) part.dispose();
    },
  };
}

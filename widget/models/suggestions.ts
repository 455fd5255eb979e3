import type { Http, Suggestion } from "../http.ts";
import { signal } from "../signals.ts";

const DEBOUNCE_MS = 150;
/** Nobody is told of half a word that nothing answers it. */
const NOTHING_AFTER_MS = 600;
const RESULTS = 3;
const FOR_PAGE = 5;
const MIN_LENGTH = 2;

export interface Answer {
  q: string;
  found: readonly Suggestion[];
}

/** What is offered before a person is asked: for the page, and for what is being typed. */
export function createSuggestions(ports: { http: Http; page(): { url: string; title: string } }) {
  /** Of this page; undefined while it is being fetched. */
  const forPage = signal<readonly Suggestion[] | undefined>(undefined);
  /** The last answer; stays while the next is fetched, unless it was that there is none. */
  const answer = signal<Answer | undefined>(undefined);
  const failed = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  let page = "";
  let own: Http["suggest"] | undefined;

  async function fetchForPage() {
    const { url, title } = ports.page();
    page = url;
    failed.value = false;
    try {
      // What the page is about, where the owner named no articles for its address.
      const heading = document.querySelector("h1")?.textContent ?? "";
      const asked = { q: "", url, title: `${title} ${heading}`, limit: FOR_PAGE };
      forPage.value = await (own ?? ports.http.suggest)(asked, AbortSignal.timeout(10_000));
    } catch {
      page = "";
      failed.value = true;
    }
  }

  async function ask(q: string) {
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = await ports.http.suggest({ q, url: ports.page().url, limit: RESULTS }, signal);
      if (signal.aborted) return;
      failed.value = false;
      const tell = () => {
        answer.value = { q, found };
      };
      if (found[0]) tell();
      else timer = setTimeout(tell, NOTHING_AFTER_MS);
    } catch {
      if (!signal.aborted) failed.value = true;
    }
  }

  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  return {
    forPage,
    answer,
    failed,
    /** Fetches the page's, unless we hold them already. */
    refresh() {
      if (page !== ports.page().url || failed.peek()) void fetchForPage();
    },
    /** The page's own way to choose, or back to ours. */
    choose(way?: Http["suggest"]) {
      own = way;
      page = "";
    },
    /** Called at every change of the text. */
    type(text: string) {
      const q = text.trim();
      const last = answer.peek();
      stop();
      if (q.length < MIN_LENGTH) answer.value = undefined;
      else if (q !== last?.q) {
        if (!last?.found[0]) answer.value = undefined;
        timer = setTimeout(() => void ask(q), DEBOUNCE_MS);
      }
    },
    retry: () => void fetchForPage(),
    dispose: stop,
  };
}

export type Suggestions = ReturnType<typeof createSuggestions>;

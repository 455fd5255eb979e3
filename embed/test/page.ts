/** What came of the tag: the calls that reached it, and a way to tell the page. */
export interface Arrived {
  calls: unknown[][];
  tells(event: string, detail?: unknown): void;
}

// Happy DOM fetches no script, and calls that a failure unless told otherwise.
const { happyDOM } = window as unknown as { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: boolean } } };
happyDOM.settings.handleDisabledFileLoadingAsSuccess = true;

/** All tags of the widget in this page. */
export function tags(): HTMLScriptElement[] {
  return [...document.querySelectorAll<HTMLScriptElement>('script[src$="/widget.js"]')];
}

/** The script has come: it takes the calls that waited, and every later one, as the real one does. */
export function scriptArrives(): Arrived {
  const page = window as { Deskbell?: ((...call: unknown[]) => void) & { q?: Iterable<unknown[]>; init?: unknown } };
  const calls = [...(page.Deskbell?.q ?? [])].map((call) => trimmed([...call]));
  page.Deskbell = Object.assign((...call: unknown[]) => void calls.push(trimmed(call)), { init: () => {} });
  return {
    calls,
    tells: (event, detail) => document.dispatchEvent(new CustomEvent(`deskbell:${event}`, { detail })),
  };
}

function trimmed(call: unknown[]): unknown[] {
  const last = call.findLastIndex((given) => given !== undefined);
  return call.slice(0, last + 1);
}

/** What was fetched, or is being, by the name of its file. */
const fetched: Record<string, Promise<unknown> | undefined> = {};
let failures = 0;

/**
 * Fetches another file of the widget: in the build, every `import()` of its sources (`build/parts.ts`). A browser remembers
 * for the page's life that a module failed to load (whatwg/html#6768), and with it all that imports it. So after a failure
 * a file is asked for at another address, `~1/` below; there the server gives a second copy of all but the app.
 */
export function fetchPart<T>(file: string): Promise<T> {
  fetched[file] ??= import(/* @vite-ignore */ `./${failures ? `~${failures}/` : ""}${file}`).catch((error) => {
    delete fetched[file];
    failures++;
    throw error;
  });
  return fetched[file] as Promise<T>;
}

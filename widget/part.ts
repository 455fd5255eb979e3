/** The hash in the names of all files of a build (`build/one-hash.ts`), as in the app's own. */
export const BUILD = import.meta.url.slice(-11, -3);
/** What was fetched, or is being, by its name. */
const fetched: Record<string, Promise<unknown> | undefined> = {};
let failures = 0;

/**
 * Fetches another file of the widget: in the build, every `import()` of its sources (`build/parts.ts`). A browser remembers
 * for the page's life that a module failed to load (whatwg/html#6768), and with it all that imports it. So after a failure
 * a file is asked for at another address, `~1/` below; there the server gives a second copy of all but the app.
 */
export function fetchPart<T>(part: string): Promise<T> {
  fetched[part] ??= import(/* @vite-ignore */ `./${failures ? `~${failures}/` : ""}${part}-${BUILD}.js`).catch(
    (error) => {
      delete fetched[part];
      failures++;
      throw error;
    },
  );
  return fetched[part] as Promise<T>;
}

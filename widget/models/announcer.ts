import { signal } from "../signals.ts";

const GONE_AFTER_MS = 1_000;

/** What a screen reader is told, once: each sentence is taken away again, so that nothing is read twice. */
export function createAnnouncer() {
  const said = signal("");
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    said,
    say(sentence: string) {
      clearTimeout(timer);
      said.value = said.peek() ? `${said.peek()} ${sentence}` : sentence;
      timer = setTimeout(() => {
        said.value = "";
      }, GONE_AFTER_MS);
    },
    dispose: () => clearTimeout(timer),
  };
}

import { composing } from "../../ui/keys.ts";

/** A key handler in which an input method's unfinished word always comes first. Every handler is made by this. */
export function onKeys<E extends HTMLElement>(
  handle: (event: KeyboardEvent & { currentTarget: E }) => void,
): (event: KeyboardEvent & { currentTarget: E }) => void {
  return (event) => {
    if (composing(event)) return;
    handle(event);
  };
}

import { composing } from "../../ui/keys.ts";

/** What single letters need of an event: a real one has it all. */
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "keyCode"
>;

/**
 * Whether an input method takes this press. Outside of fields nothing is composed, but an active one still reports
 * `Process` with code 229: there the key's place on the keyboard says which letter was meant.
 */
export function takenByInputMethod(event: Pressed, inField: boolean): boolean {
  if (!inField && event.key === "Process" && !event.isComposing) return false;
  return composing(event as KeyboardEvent);
}

/** The key as shortcuts name it: `j`, `E` with Shift, `?`, `Enter`. */
export function keyOf({ key, code, shiftKey }: Pressed): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const typed = key.length === 1 && /[a-z?/]/i.test(key);
  if (typed) return /[a-z]/i.test(key) ? (shiftKey ? key.toUpperCase() : key.toLowerCase()) : key;
  if (letter && (key === "Process" || key.length === 1)) return shiftKey ? letter : letter.toLowerCase();
  // ？ and 、 stand where ? and / are.
  if (key === "？") return "?";
  return key === "、" ? "/" : key;
}

/** ⌘ on a Mac, Ctrl elsewhere; either is understood everywhere. */
export function withCommand({ ctrlKey, metaKey }: Pressed): boolean {
  return ctrlKey || metaKey;
}

/** Whether letters pressed there are text. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit", "color"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

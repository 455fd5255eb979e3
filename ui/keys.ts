/**
 * Whether a key press belongs to an input method's unfinished word. Comes first in every key handler: the Enter that
 * confirms a Chinese word must not send it. Safari reports that Enter after the composition ended, with code 229.
 */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

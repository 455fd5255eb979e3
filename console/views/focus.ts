/* Where the keyboard goes on. What is pressed often vanishes, and then the next Tab would begin the page anew. */

/** As a `ref`: what has just come takes the keyboard, once. */
export function takeFocus(element: HTMLElement | null): void {
  if (!element || element.dataset.begun !== undefined) return;
  element.dataset.begun = "";
  element.focus();
}

/** As a `ref`: the same for a field, whose text is ready to be typed over. */
export function typeOver(field: HTMLInputElement | null): void {
  if (!field || field.dataset.begun !== undefined) return;
  takeFocus(field);
  field.select();
}

/** Once what was done is drawn: where nothing has the keyboard any more, `next` takes it. */
export function goOnAt(next: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) next()?.focus();
  });
}

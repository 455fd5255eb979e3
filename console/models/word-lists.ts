/*
 * Word and Outlook put no lists on the clipboard: their items are paragraphs whose style names a level (`mso-list`), with
 * a mark before the words that is to be ignored by whoever knows lists.
 */

const ITEM = /mso-list:\s*l\d+\s+level(\d)/i;
const MARK = /mso-list:\s*ignore/i;
const COUNTED = /^(\p{Nd}+|\p{L}+)[.)]/u;

/** Makes lists of such paragraphs, where they stand; numbered headings stay headings. `style` is the attribute that holds the styles. */
export function listWordItems(body: HTMLElement, style: string): void {
  const styleOf = (element: Element) => element.getAttribute(style) ?? "";
  /** The lists that are open, from the outermost on. */
  let open: HTMLElement[] = [];
  for (const item of body.querySelectorAll(`p[${style}]`)) {
    const level = Number(ITEM.exec(styleOf(item))?.[1]);
    if (!level) continue;
    const mark = [...item.querySelectorAll(`[${style}]`)].find((one) => MARK.test(styleOf(one)));
    const counted = COUNTED.exec(mark?.textContent?.trim() ?? "");
    mark?.remove();
    const kind = counted ? "OL" : "UL";
    if (item.previousElementSibling !== open[0]) open = [];
    open = open.slice(0, level);
    if (open.length === level && open.at(-1)?.tagName !== kind) open.pop();
    while (open.length < level) {
      const list = document.createElement(kind);
      if (Number(counted?.[1]) > 1) list.setAttribute("start", counted?.[1] ?? "");
      const above = open.at(-1);
      if (above) (above.lastElementChild ?? above).append(list);
      else item.before(list);
      open.push(list);
    }
    const entry = document.createElement("li");
    entry.append(...item.childNodes);
    open.at(-1)?.append(entry);
    item.remove();
  }
}

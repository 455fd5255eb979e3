/** Whether a page's address fits a pattern. `*` stands for any stretch; a pattern without a host fits any host's path. */
export function matchesPage(pattern: string, url: string): boolean {
  const wanted = pattern.trim();
  if (wanted === "") return false;
  const { full, path } = read(url);
  return fits(wanted, wanted.startsWith("/") ? path : full) || fits(wanted, full.replace(/^https?:\/\//, ""));
}

function read(url: string): { full: string; path: string } {
  const parsed = URL.parse(url, "https://page.invalid");
  if (!parsed) return { full: url, path: url };
  const path = parsed.pathname.replace(/(.)\/$/, "$1") + parsed.search;
  return { full: parsed.origin + path, path };
}

/** Without a regular expression: one made from a pattern with many `*` could take forever. */
function fits(pattern: string, text: string): boolean {
  const parts = pattern.replace(/(.)\/$/, "$1").split("*");
  const first = parts.shift() ?? "";
  if (!text.startsWith(first)) return false;
  const last = parts.pop();
  if (last === undefined) return text === first || text.split("?", 1)[0] === first;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

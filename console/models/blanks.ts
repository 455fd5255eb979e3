/** What a saved reply may leave to be filled in: `{first name}`. */
const BLANK = /\{[\p{L}][\p{L}\d _-]{0,30}\}/gu;

export interface Filling {
  readonly visitor?: string | undefined;
  readonly agent?: string | undefined;
  readonly site?: string | undefined;
}

/** Fills the blanks that are known; the others stay and are flagged before sending. */
export function fillBlanks(text: string, { visitor, agent, site }: Filling): string {
  const known: Record<string, string | undefined> = {
    "first name": visitor && firstName(visitor),
    name: visitor,
    agent: agent && firstName(agent),
    site,
  };
  return text.replace(BLANK, (blank) => known[blank.slice(1, -1).trim().toLowerCase()] || blank);
}

/** The blanks that are still open, once each. */
export function openBlanks(text: string): readonly string[] {
  return [...new Set(text.match(BLANK) ?? [])];
}

/** A Han name has no spaces and is not cut. */
function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

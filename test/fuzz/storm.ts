/** Tries so many of its kind, the same ones for the same seed. */
export type Storm = (many: number, seed: number) => Promise<void>;
/** One was tried, and answered so. */
export type Counted = (kind: string, answer: string) => void;
/** Something broke, stayed or was not answered. */
export type Found = (what: string, input: unknown) => void;

/** What the storms break upon. */
export interface Setting {
  readonly conversation: string;
  /** The visitor's whose conversation it is. */
  readonly token: string;
  /** An API key. */
  readonly owner: string;
  /** What stands for a parameter in an address. */
  readonly ids: Readonly<Record<string, string>>;
}

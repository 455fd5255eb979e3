import { v7 } from "uuid";

/**
 * Ids for what is created over HTTP. The same thing has the same id until the server has it: an answer may be lost on its
 * way, and a second try would create a second one.
 */
export interface Minted {
  idOf(...what: readonly unknown[]): string;
  done(): void;
}

export function createMinted(): Minted {
  let last: { readonly what: string; readonly id: string } | undefined;
  return {
    idOf(...what) {
      const said = JSON.stringify(what);
      if (last?.what !== said) last = { what: said, id: v7() };
      return last.id;
    },
    done() {
      last = undefined;
    },
  };
}

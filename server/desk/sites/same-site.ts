import { refuse } from "../../../protocol/faults.ts";

/** What stands already under an id that a client minted. On another site it is another thing: nothing of it is told. */
export function sameSite<T extends { readonly site: number }>(row: T | undefined, site: number): T | undefined {
  if (row && row.site !== site)
    refuse("reused-id", "Cannot create: this id belongs to something else", { field: "id" });
  return row;
}

import { useEffect, useRef } from "react";
import { createUseDeskbell, type DeskbellProps } from "./hooks.ts";

export { deskbell } from "./deskbell.ts";
export type { DeskbellProps } from "./hooks.ts";
export type * from "./options.ts";

/** The widget for as long as the component is mounted. Returns its calls. */
export const useDeskbell = createUseDeskbell({ useEffect, useRef });

/** The same, as an element that draws nothing itself. */
export function Deskbell(props: DeskbellProps): null {
  useDeskbell(props);
  return null;
}

import { TYPING_EVERY_MS } from "./typing-times.ts";

/*
 * The typing machine, pure: time is passed in, what to do comes out. One side says that it types; the other forgets after `TYPING_GONE_AFTER_MS`.
 */

export type Typing = { readonly on: boolean; readonly saidAt: number };
export const NOT_TYPING: Typing = { on: false, saidAt: Number.NEGATIVE_INFINITY };

/**
 * A key was pressed, and the field holds text (`full`); or the text was sent, emptied or left. Returns the next state and,
 * if one is due, the pulse's `on`.
 */
export function typed(state: Typing, full: boolean, now: number): [Typing, boolean?] {
  if (!full) return state.on ? [{ on: false, saidAt: now }, false] : [state];
  if (state.on && now - state.saidAt < TYPING_EVERY_MS) return [state];
  return [{ on: true, saidAt: now }, true];
}

import { backOff } from "../../protocol/back-off.ts";
import type { Fault } from "../../protocol/fault.ts";

const RETRY_MS = 1_000;
const RETRY_TO_MS = 30_000;

/** Asks again for what could not be had now, where nothing else would: a line that stands brings no other hello. */
export interface SecondTry {
  /** Never before the server said, spread beyond that, and later each time. */
  later(fault: Fault): void;
  /** It was had, or nobody wants it any more. */
  over(): void;
}

export function createSecondTry(ask: () => void): SecondTry {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;
  return {
    later({ afterMs = RETRY_MS }) {
      clearTimeout(timer);
      timer = setTimeout(ask, afterMs + backOff(count++, RETRY_MS, RETRY_TO_MS));
    },
    over() {
      clearTimeout(timer);
      count = 0;
    },
  };
}

import { setImmediate as nextTurn } from "node:timers/promises";

/** What some work comes to, and how many turns of the event loop others had meanwhile. */
export async function turnsDuring<T>(work: () => Promise<T>): Promise<{ result: T; turns: number }> {
  let turns = 0;
  let done = false;
  const counting = (async () => {
    while (!done) {
      await nextTurn();
      turns++;
    }
  })();
  const result = await work().finally(() => {
    done = true;
  });
  await counting;
  return { result, turns };
}

import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createDoor } from "./door.ts";

test("D8 of a crowd a few come in at each turn, in the order in which they came, and who is in is served in between", async () => {
  const door = createDoor(2);
  const said: string[] = [];
  for (const who of ["Ana", "Ben", "Cem", "Dana", "Eli"])
    door(() => {
      said.push(who);
      // What a greeted one asks for is heard before the next of the crowd comes in.
      setImmediate(() => said.push(`${who} is served`));
    });
  expect(said).toEqual([]);
  await expect.poll(() => said.length).toBe(10);
  await turn();
  expect(said.indexOf("Ana is served")).toBeLessThan(said.indexOf("Eli"));
  expect(said.filter((word) => !word.includes("served"))).toEqual(["Ana", "Ben", "Cem", "Dana", "Eli"]);
});

import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { Refusal } from "../../protocol/index.ts";
import { decode } from "../../server/desk/decode.ts";
import { fuzz, KINDS, SCHEMAS } from "./fuzz.ts";
import { anything, commands, spoiled } from "./garbage.ts";

const SEED = 20_261_124;

test(`A storm of malformed packets, requests, Markdown and imports breaks nothing (seed ${SEED})`, async () => {
  const { findings, tried } = await fuzz({ count: 6_000, seed: SEED });
  expect(findings).toEqual([]);
  expect(Object.keys(tried).sort()).toEqual(KINDS.toSorted());
}, 120_000);

test.each(Object.entries(SCHEMAS))("%s takes anything at all, and says yes or no", (_, schema) => {
  const valid = commands("01a20c50-0000-7000-8000-000000000000", "01a20c50-0000-7000-8000-000000000001");
  const input = fc.oneof(anything, ...valid.map(spoiled));
  fc.assert(
    fc.property(input, (raw) => {
      try {
        const value = decode(schema as v.GenericSchema, raw);
        // What is taken is taken again: nothing in it changes by being read.
        expect(v.is(schema as v.GenericSchema, value)).toBe(true);
        expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
    { seed: SEED, numRuns: 2_000 },
  );
});

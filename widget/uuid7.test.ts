import * as v from "valibot";
import { expect, it } from "vitest";
import { TEXT_LIMIT as CONTRACT } from "../protocol/command.ts";
import { EventId } from "../protocol/ids.ts";
import { TEXT_LIMIT } from "./app.ts";
import { uuid7 } from "./uuid7.ts";

it("Ids are UUIDv7 in lower case, and later ones sort later, also within a millisecond", () => {
  const ids = Array.from({ length: 500 }, () => uuid7());
  for (const id of ids) expect(v.is(EventId, id)).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(500);
});

it("The limit of a message is the contract's", () => {
  expect(TEXT_LIMIT).toBe(CONTRACT);
});

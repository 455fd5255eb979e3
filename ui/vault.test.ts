import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stubDatabase } from "./fake-storage.ts";
import { openVault, type Vault } from "./vault.ts";

const PREFIX = "deskbell:test:";

let rows: Map<string, string>;
/** What the page heard that another tab wrote. */
let heard: [key: string, text: string | null][];
let open: Vault[];

beforeEach(() => {
  heard = [];
  open = [];
  rows = stubDatabase(({ key, newValue }) => heard.push([`${key}`, newValue]));
});
afterEach(() => {
  for (const vault of open) vault.close();
  vi.unstubAllGlobals();
});

const opened = async () => {
  const vault = await openVault(PREFIX);
  open.push(vault);
  return vault;
};

test("a tab hears what another one writes and takes away, and a later one finds it", async () => {
  const [one, other] = [await opened(), await opened()];
  one.setItem(`${PREFIX}a`, "1");
  await expect.poll(() => heard).toEqual([[`${PREFIX}a`, "1"]]);
  expect(other.getItem(`${PREFIX}a`)).toBe("1");
  expect((await opened()).getItem(`${PREFIX}a`)).toBe("1");
  heard = [];
  other.removeItem(`${PREFIX}a`);
  await expect.poll(() => heard).toContainEqual([`${PREFIX}a`, null]);
  expect([one.getItem(`${PREFIX}a`), rows.size]).toEqual([null, 0]);
});

test("a vault that is closed hears nobody, not even who opens another on the same page, and still writes down", async () => {
  const first = await opened();
  first.close();
  const [second, third] = [await opened(), await opened()];
  second.setItem(`${PREFIX}a`, "1");
  await expect.poll(() => third.getItem(`${PREFIX}a`)).toBe("1");
  expect(heard).toEqual([[`${PREFIX}a`, "1"]]);
  first.setItem(`${PREFIX}b`, "2");
  expect(rows.get(`${PREFIX}b`)).toBe("2");
});

test("D15 what is written is down before the page goes, which may be at once", async () => {
  const vault = await opened();
  vault.setItem(`${PREFIX}outbox`, "Are you there?");
  vault.setItem(`${PREFIX}draft`, "Hel");
  vault.removeItem(`${PREFIX}draft`);
  expect([...rows]).toEqual([[`${PREFIX}outbox`, "Are you there?"]]);
});

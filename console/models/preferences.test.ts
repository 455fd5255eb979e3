import { expect, it } from "vitest";
import { createMemoryShelf, shelfOf } from "../shelf.ts";
import { createPreferences } from "./preferences.ts";

it("what was liked before likings had a name on them is the first one's who comes, and nobody else's", () => {
  const shelf = createMemoryShelf();
  shelf.set("preferences", JSON.stringify({ theme: "dark" }));
  const preferences = createPreferences(shelf);
  expect(preferences.theme.value).toBe("dark");
  const worn = (agent: string | undefined) => {
    preferences.wear(agent);
    return preferences.theme.value;
  };
  expect([worn("ada"), worn(undefined), worn("ben"), worn("ada")]).toEqual(["dark", "auto", "auto", "dark"]);
  preferences.dispose();
});

it("what somebody likes is kept under their name, and worn by the next page until somebody else comes in", () => {
  const shelf = createMemoryShelf();
  const first = createPreferences(shelf);
  first.wear("ada");
  first.theme.value = "dark";
  first.dispose();
  expect(shelfOf(shelf, "ada").get("preferences")).toContain('"dark"');
  const next = createPreferences(shelf);
  expect(next.theme.value).toBe("dark");
  next.wear("ben");
  expect(next.theme.value).toBe("auto");
  next.theme.value = "light";
  next.wear("ada");
  expect(next.theme.value).toBe("dark");
  next.dispose();
});

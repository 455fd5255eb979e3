import { describe, expect, it } from "vitest";
import { keyOf, type Pressed, takenByInputMethod } from "./keys.ts";

const press = (more: Partial<Pressed>): Pressed => ({
  key: "j",
  code: "KeyJ",
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 74,
  ...more,
});

describe("keys", () => {
  it.each([
    [{}, true, false],
    [{ isComposing: true }, true, true],
    [{ isComposing: true }, false, true],
    [{ keyCode: 229 }, true, true],
    [{ keyCode: 229, key: "Process" }, true, true],
    [{ keyCode: 229, key: "Process" }, false, false],
  ] as const)("%j in a field: %j is the input method's: %j", (more, inField, taken) => {
    expect(takenByInputMethod(press(more), inField)).toBe(taken);
  });

  it.each([
    [{}, "j"],
    [{ shiftKey: true, key: "E", code: "KeyE" }, "E"],
    [{ key: "Process" }, "j"],
    [{ key: "о" }, "j"],
    [{ key: "？", code: "Slash" }, "?"],
    [{ key: "Escape", code: "Escape" }, "Escape"],
  ] as const)("%j is %j", (more, key) => {
    expect(keyOf(press(more))).toBe(key);
  });
});

import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { en } from "../../sentences/en.ts";
import { EntranceContext } from "../context.ts";
import { CopyButton } from "./copy-button.tsx";

let copiedByHand: string[];
beforeEach(() => {
  copiedByHand = [];
  vi.stubGlobal("navigator", Object.create(navigator, { clipboard: { value: undefined } }));
  const entrance = { t: signal(en) };
  render(
    <EntranceContext.Provider value={entrance as never}>
      <CopyButton text="ak_secret" />
    </EntranceContext.Provider>,
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(document, "execCommand");
});

const answers = (done: boolean) =>
  Object.assign(document, {
    execCommand() {
      copiedByHand.push((document.activeElement as HTMLTextAreaElement).value);
      return done;
    },
  });

describe("where a page has no clipboard of its own", () => {
  it("what is copied is copied as by hand", async () => {
    answers(true);
    const button = screen.getByRole("button", { name: "Copy" });
    button.focus();
    fireEvent.click(button);
    await screen.findByRole("button", { name: "Copied" });
    expect(copiedByHand).toEqual(["ak_secret"]);
    expect(document.activeElement).toBe(button);
  });

  it("nothing is called copied that is not", async () => {
    answers(false);
    fireEvent.click(screen.getByRole("button", { name: "Copy" }));
    await screen.findByRole("button", { name: "Not copied" });
  });
});

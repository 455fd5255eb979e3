import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { Deskbell, useDeskbell } from "./preact.ts";
import { scriptArrives, tags } from "./test/page.ts";

const SITE = { host: "https://help.example", site: "pk_1" };

afterEach(() => {
  cleanup();
  for (const tag of tags()) tag.remove();
  Reflect.deleteProperty(window, "Deskbell");
});

test("A mounted component loads the tag, tells what happens, and unmounting destroys", async () => {
  const heard = vi.fn();
  const { unmount } = render(<Deskbell {...SITE} on={{ unread: heard }} identity={{ email: "a@b.example" }} />);
  expect(tags()).toHaveLength(1);
  const { calls, tells } = scriptArrives();
  tells("unread", 1);
  expect(heard).toHaveBeenCalledExactlyOnceWith(1);
  unmount();
  // Preact ends effects after the next frame.
  await vi.waitFor(() =>
    expect(calls).toEqual([["init", { site: "pk_1" }], ["identify", { email: "a@b.example" }], ["destroy"]]),
  );
});

test("The hook hands out the calls", () => {
  function Help() {
    const { article } = useDeskbell(SITE);
    return (
      <button type="button" onClick={() => article("returns")}>
        Returns
      </button>
    );
  }
  const { getByText } = render(<Help />);
  const { calls } = scriptArrives();
  getByText("Returns").click();
  expect(calls.at(-1)).toEqual(["article", "returns"]);
});

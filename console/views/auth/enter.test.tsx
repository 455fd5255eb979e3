import { render, screen } from "@testing-library/preact";
import { expect, it, onTestFinished } from "vitest";
import type { FaultCode } from "../../../protocol/fault.ts";
import { fault } from "../../../protocol/faults.ts";
import { createEntrance } from "../../entrance.ts";
import { SILENT } from "../../fake-console.tsx";
import { createFakeLine } from "../../fake-line.ts";
import { en } from "../../sentences/en.ts";
import { createMemoryShelf } from "../../shelf.ts";
import { createUpload } from "../../upload.ts";
import { Console } from "../console.tsx";

it.each([
  ["limited", en.limited(7)],
  ["unavailable", en.unreachable],
  ["unauthorized", en.linkUsed],
] as [FaultCode, string][])("Who follows a sign-in link and is answered %s is told just that", async (code, words) => {
  const entrance = createEntrance(createFakeLine(), {
    http: async () => ({ ok: false, fault: fault(code, "", { afterMs: 7_000 }) }),
    reach: async () => true,
    shelf: createMemoryShelf(),
    pages: { tell() {}, hear: () => () => {} },
    address: { path: "/console/enter", search: "?token=si_1", go() {}, onMove: () => () => {} },
    languages: ["en"],
    upload: createUpload(fetch),
    bell: SILENT,
  });
  const { unmount } = render(<Console entrance={entrance} />);
  onTestFinished(() => {
    unmount();
    entrance.dispose();
  });
  expect((await screen.findByRole("alert")).textContent).toBe(words);
});

import { describe, expect, it } from "vitest";
import type { FaultCode } from "../../protocol/fault.ts";
import { fault } from "../../protocol/faults.ts";
import { createFakeLine, settled } from "../fake-line.ts";
import { createMemoryShelf } from "../shelf.ts";
import type { Clock } from "./clock.ts";
import type { Preferences } from "./preferences.ts";
import { createSession } from "./session.ts";

describe("who asks whether they are signed in", () => {
  it.each([
    ["limited", "unreachable"],
    ["unavailable", "unreachable"],
    ["unauthorized", "out"],
  ] as [FaultCode, string][])("and hears %s is %s", async (code, state) => {
    const pages = { tell() {}, hear: () => () => {} };
    const http = async () => ({ ok: false, fault: fault(code, "") }) as const;
    const session = createSession(
      createFakeLine().link,
      http,
      {} as Preferences,
      {} as Clock,
      createMemoryShelf(),
      pages,
      () => {},
    );
    await session.ask();
    await settled();
    expect(session.state.value).toBe(state);
    session.dispose();
  });
});

import { cleanup, render } from "@testing-library/preact";
import { onTestFinished } from "vitest";
import type { Role } from "../protocol/people.ts";
import type { App } from "./app.ts";
import { createEntrance, type Entrance, type Surroundings } from "./entrance.ts";
import { type FakeLine, hello, settled } from "./fake-line.ts";
import type { Bell } from "./ports.ts";
import { createMemoryShelf } from "./shelf.ts";
import { createUpload } from "./upload.ts";
import { Console } from "./views/console.tsx";

interface Given
  extends Pick<Surroundings, "http">,
    Partial<Pick<Surroundings, "shelf" | "upload" | "pages" | "bell" | "languages">> {
  path: string;
  line: FakeLine;
  role?: Role;
}

interface Opened {
  entrance: Entrance;
  app: App;
  close(): void;
}

/** Only for tests: a page that is looked at, in a browser that allows nothing. */
export const SILENT: Bell = {
  looked: () => true,
  strike() {},
  allowed: async () => false,
  call: () => () => {},
};

/** Only for tests: the whole console at a path, with Mara signed in, until the test ends or `close`. */
export async function openConsole({ path, line, role, ...given }: Given): Promise<Opened> {
  const entrance = createEntrance(line, {
    reach: async () => true,
    shelf: createMemoryShelf(),
    pages: { tell() {}, hear: () => () => {} },
    address: { path, search: "", go() {}, onMove: () => () => {} },
    languages: ["en"],
    bell: SILENT,
    upload: createUpload(fetch),
    ...given,
  });
  const close = () => {
    cleanup();
    entrance.dispose();
  };
  onTestFinished(close);
  render(<Console entrance={entrance} />);
  await settled();
  const greeting = hello();
  line.tell("hello", { ...greeting, agent: { ...greeting.agent, ...(role && { role }) } });
  await settled();
  const app = entrance.app.peek();
  if (!app) throw new Error("Nobody came in");
  return { entrance, app, close };
}

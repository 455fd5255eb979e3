import type { VisitorCommand } from "../protocol/command.ts";
import type { VisitorHello } from "../protocol/hello.ts";
import { createLink } from "../protocol/link.ts";
import { PROTOCOL_VERSION } from "../protocol/version.ts";
import type { Connect } from "./models/session.ts";
import { createClient } from "./wire/client.ts";
import { fetched, openWebSocket } from "./wire/transport.ts";

const WAYS = [
  openWebSocket,
  fetched(async () => (await import("./wire/polling.ts")).openPolling),
  fetched(async () => (await import("./wire/plain.ts")).openPlain),
];

/** Opens the visitor's line. Comes only when a person is asked for, or a conversation is returned to. */
export const connect: Connect = (host, auth, failed) => {
  const client = createClient(host, "/visitor", () => ({ v: PROTOCOL_VERSION, ...auth() }), WAYS, failed);
  return {
    link: createLink<VisitorCommand, VisitorHello>(client),
    open: client.open,
    again() {
      client.close();
      client.open();
    },
    close: client.close,
  };
};

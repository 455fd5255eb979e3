import type { VisitorCommand } from "../protocol/command.ts";
import type { VisitorHello } from "../protocol/hello.ts";
import { createLink } from "../protocol/link.ts";
import { PROTOCOL_VERSION } from "../protocol/version.ts";
import type { Connect } from "./models/session.ts";
import { createClient } from "./wire/client.ts";
import { type Open, openPolling, openWebSocket } from "./wire/transport.ts";

/** Opens the visitor's line. Comes only when a person is asked for, or a conversation is returned to. */
export const connect: Connect = (host, auth, failed) => {
  // Nonsense from whoever answers at this address ends here, and not as an error of the page.
  const guarded =
    (open: Open): Open =>
    (to, carried) =>
      open(to, {
        ...carried,
        packet(packet) {
          try {
            carried.packet(packet);
          } catch (error) {
            failed(error);
          }
        },
      });
  const ways = [openWebSocket, openPolling].map(guarded);
  const client = createClient(host, "/visitor", () => ({ v: PROTOCOL_VERSION, ...auth() }), ways);
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

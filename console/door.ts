import type { AgentCommand, Reply } from "../protocol/command.ts";
import { fault } from "../protocol/faults.ts";
import type { AgentHello } from "../protocol/hello.ts";
import type { Link } from "../protocol/link.ts";
import type { Http } from "./ports.ts";
import type { Upload } from "./upload.ts";

/** The ways by which one agent's console speaks and hears, until it is shut for good. */
export interface Door {
  readonly link: Link<AgentCommand, AgentHello>;
  readonly http: Http;
  readonly upload: Upload;
  shut(): void;
}

/**
 * What is still under way when an agent leaves (a text that waits for a pause, a message that is tried again) must not go
 * out as whoever comes next: the session belongs to the browser. So behind a door that is shut everything is out of reach,
 * also an answer that was asked for before.
 */
export function createDoor(link: Link<AgentCommand, AgentHello>, http: Http, upload: Upload): Door {
  let open = true;
  const gone = () => ({ ok: false, fault: fault("unavailable", "Signed out") }) as const;
  const through = async <T extends Reply | Awaited<ReturnType<Http>>>(call: () => Promise<T>) => {
    if (!open) return gone();
    const answer = await call();
    return open ? answer : gone();
  };
  return {
    link: {
      get up() {
        return open && link.up;
      },
      send: (command) => through(() => link.send(command)),
      pulse(pulse) {
        if (open) link.pulse(pulse);
      },
      on: (name, listener) =>
        link.on(name, (heard) => {
          if (open) listener(heard);
        }),
    },
    http: (...call) => through(() => http(...call)),
    upload: (...call) => through(() => upload(...call)),
    shut() {
      open = false;
    },
  };
}

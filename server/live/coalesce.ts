import type { Server as Engine } from "engine.io";

/*
 * Engine.IO writes each packet to the network by itself: one system call for an acknowledgement, one for the push that
 * goes with it, one for every message of a busy agent. Whatever one turn of the event loop has for a connection is
 * written together here, once everybody was told of the commit that let it go.
 */

/** What of Engine.IO's connection this leans on; a connection without it is left as it is. */
interface Connection {
  flush?: () => void;
  transport?: { socket?: { _socket?: { cork(): void; uncork(): void } } };
}

/** Lets every connection of an engine write once a turn. */
export function coalesceWrites(engine: Engine): void {
  let due: (() => void)[] = [];
  const writeAll = () => {
    const now = due;
    due = [];
    for (const write of now) write();
  };
  engine.on("connection", (connection: Connection) => {
    const flush = connection.flush?.bind(connection);
    if (!flush) return;
    let waiting = false;
    const write = () => {
      waiting = false;
      const socket = connection.transport?.socket?._socket;
      socket?.cork();
      flush();
      socket?.uncork();
    };
    connection.flush = () => {
      if (waiting) return;
      waiting = true;
      // After all promises that are settled by now, and before the loop looks for what else came in.
      if (due.push(write) === 1) process.nextTick(writeAll);
    };
  });
}

import type { Server as Engine } from "engine.io";

/*
 * What a client leaves unread is bounded, whatever it is made of: pushes, and answers to what it asks without reading
 * them. What waits in the engine counts as well as what waits in the kernel's hands: either alone was seen to grow.
 */

/** What of Engine.IO's connection this leans on. */
interface Connection {
  on(event: "packetCreate", heard: (packet: { data?: { length: number } }) => void): void;
  on(event: "flush", heard: () => void): void;
  close(discard: boolean): void;
  transport?: { socket?: { bufferedAmount?: number } };
}

/** By connection, how many bytes wait for its client to read them. */
export type Backlog = (connection: object) => number;

/** Cuts a connection off that would have more than `limit` bytes waiting; its client syncs when it comes back. */
export function boundBacklog(engine: Engine, limit: number): Backlog {
  const waiting = new WeakMap<object, number>();
  const backlog = (connection: object) =>
    (waiting.get(connection) ?? 0) + ((connection as Connection).transport?.socket?.bufferedAmount ?? 0);
  engine.on("connection", (connection: Connection) => {
    connection.on("packetCreate", ({ data }) => {
      waiting.set(connection, (waiting.get(connection) ?? 0) + (data?.length ?? 0));
      if (backlog(connection) > limit) connection.close(true);
    });
    connection.on("flush", () => waiting.set(connection, 0));
  });
  return backlog;
}

/*
 * The ways to carry Engine.IO packets (protocol 4): a WebSocket; long polling where that fails; `plain` where neither gets
 * through. A packet is a string whose first character is its kind. https://socket.io/docs/v4/engine-io-protocol/
 */

export interface Transport {
  send(packet: string): void;
  close(): void;
}

export interface Carried {
  packet(packet: string): void;
  /** Once, when nothing more will come; `body` is what an HTTP refusal said. */
  closed(body?: string): void;
}

export type Open = (host: string, to: Carried) => Transport;

export const openWebSocket: Open = (host, to) => {
  const socket = new WebSocket(`${host.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`);
  socket.onmessage = ({ data }) => to.packet(data);
  socket.onclose = () => to.closed();
  return {
    send: (packet) => socket.send(packet),
    close() {
      socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
};

/** A way whose code is fetched only when it is taken. */
export function fetched(load: () => Promise<Open>): Open {
  return (host, to) => {
    let line: Transport | undefined;
    let closed = false;
    load().then(
      (open) => {
        if (!closed) line = open(host, to);
      },
      () => to.closed(),
    );
    return {
      send: (packet) => line?.send(packet),
      close() {
        closed = true;
        line?.close();
      },
    };
  };
}

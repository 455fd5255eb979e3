import { fdatasyncSync, fsyncSync, openSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Server } from "socket.io";
import { report } from "./usage.ts";

/*
 * What Socket.IO alone can do: the same rooms, nothing stored, nothing decided. What a visitor posts is acknowledged and
 * pushed to everybody in the conversation. The bench measures Deskbell in multiples of this. With `synced`, what comes in
 * one turn is written and synced once before any of it is told: what whoever says "stored" must do at least (D1).
 */

/** Three pages, as a message takes. */
const WRITTEN_BYTES = 3 * (4_096 + 24);
/** As long as it will become, or each sync would wait for the file system's journal as well. */
const LOG_BYTES = 32 << 20;

const whenStored = process.argv.includes("synced") ? createLog(join(process.env.DATA_DIR ?? "", "synced.log")) : now;

const http = createServer();
const io = new Server(http, { perMessageDeflate: false, serveClient: false });

io.of("/visitor").on("connection", (socket) => {
  socket.emit("hello", { v: 1 });
  socket.on(
    "command",
    (command: { conversation: string; id: string; text: string }, reply: (answer: object) => void) => {
      void socket.join(command.conversation);
      const event = {
        type: "posted",
        stream: "talk",
        seq: 1,
        at: new Date().toISOString(),
        by: { kind: "visitor" },
        ...command,
      };
      whenStored(() => {
        io.of("/visitor").to(command.conversation).emit("event", event);
        io.of("/agent").to(command.conversation).emit("event", event);
        reply({ ok: true, event });
      });
    },
  );
});
io.of("/agent").on("connection", (socket) => {
  socket.emit("hello", { v: 1 });
  socket.on("command", (command: { conversation: string }, reply: (answer: object) => void) => {
    void socket.join(command.conversation);
    reply({ ok: true });
  });
});

http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  const port = typeof address === "object" ? address?.port : undefined;
  process.send?.({ type: "ready", url: `http://127.0.0.1:${port}` });
});
report();

function now(told: () => void): void {
  told();
}

function createLog(path: string): (told: () => void) => void {
  const file = openSync(path, "w");
  writeSync(file, Buffer.alloc(LOG_BYTES, 1));
  fsyncSync(file);
  const written = Buffer.alloc(WRITTEN_BYTES, 2);
  let at = 0;
  let waiting: (() => void)[] = [];
  return (told) => {
    if (waiting.push(told) > 1) return;
    setImmediate(() => {
      writeSync(file, written, 0, written.length, at);
      fdatasyncSync(file);
      at = (at + written.length) % (LOG_BYTES - written.length);
      const turn = waiting;
      waiting = [];
      for (const one of turn) one();
    });
  };
}

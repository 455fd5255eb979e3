import { createServer } from "node:http";
import { Server } from "socket.io";
import { report } from "./usage.ts";

/*
 * What Socket.IO alone can do: the same rooms, nothing stored, nothing decided. What a visitor posts is acknowledged and
 * pushed to everybody in the conversation. The bench measures Deskbell in multiples of this.
 */

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
      io.of("/visitor").to(command.conversation).emit("event", event);
      io.of("/agent").to(command.conversation).emit("event", event);
      reply({ ok: true, event });
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

import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isReady } from "../server-process.ts";
import type { Trial } from "../trial.ts";

const DESCRIPTORS = 120;
const CONNECTIONS = 200;

export const noDescriptors: Trial = {
  title: "D8 a server without a free file descriptor sheds who comes, keeps who is there, and recovers",
  crowd: { rude: 0 },
  server: () => ({ under: ["sh", "-c", `ulimit -n ${DESCRIPTORS}; exec "$@"`, "sh"] }),
  async run({ server, expect, history }) {
    await sleep(2_000);
    const held: Socket[] = [];
    for (let n = 0; n < CONNECTIONS; n++) held.push(connect(server.port, "127.0.0.1").on("error", () => {}));
    const from = history.now();
    await sleep(2_500);
    expect(server.running, "the server ended");
    const served = history.ops.some(
      ({ at, outcome, command }) => at > from && outcome === "ok" && command.type === "post",
    );
    expect(served, "nobody who was there could write");
    for (const socket of held) socket.destroy();
    await sleep(1_000);
    expect(await isReady(server.url), "the server is not ready again");
  },
};

import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import { mintId } from "../../../server/store/ids.ts";
import { percentile } from "../report.ts";
import type { Scene, Trial } from "../trial.ts";
import { weigh, weighable } from "../weigh.ts";

const WORDS = "x".repeat(9_000);
const BURST = 25;
const STOPPED = 30;
/** So many others go on asking for all that was written, and read no answer. */
const ASKING = 5;
const ASKS_EVERY_MS = 20;
const MB = 1024 * 1024;
/** What the server lets each leave unread of what it is pushed, and of what it asked for. */
const HELD_BYTES = STOPPED * MB + ASKING * 8 * MB;
const WEIGHS_EVERY_BURSTS = 4;

export const stoppedClient: Trial = {
  title: "D8 clients that stop reading are let go of: the server's memory stays bounded and the others wait no longer",
  crowd: { visitors: 6, rude: 0 },
  server: weighable,
  async run(scene) {
    const { server, crowd, forMs, expect, tell } = scene;
    await sleep(2_500);
    const before = await delays(scene, 3_000);
    const talker = crowd.visitors[0];
    const agent = crowd.agents[0];
    const conversation = talker?.current();
    if (!talker || !agent || !conversation) throw new Error("Nobody has talked yet");
    const come = (count: number, since: object) =>
      Promise.all(Array.from({ length: count }, () => stopReading(server.url, agent.as.token, since)));
    const stopped = await come(STOPPED, { [conversation]: { talk: 0, desk: 0 } });
    const askers = await come(ASKING, {});
    const asking = setInterval(() => {
      for (const socket of askers) {
        socket.emit("command", { type: "sync", conversation, stream: "desk", after: 0 }, () => {});
      }
    }, ASKS_EVERY_MS);
    const resident = server.memory();
    const held = await weigh(server);
    let most = held;
    let written = 0;
    const end = performance.now() + Math.max(forMs, 4_000);
    for (let burst = 1; performance.now() < end; burst++) {
      // To everybody who has this conversation open, through an agent who writes much.
      for (let n = 0; n < BURST; n++) await agent.note(conversation, `${WORDS} ${mintId()}`);
      written += BURST * WORDS.length * STOPPED;
      if (burst % WEIGHS_EVERY_BURSTS === 0) most = Math.max(most, await weigh(server));
    }
    clearInterval(asking);
    // The burst itself costs everybody; what is compared is the time after it, with the stopped ones still there.
    const after = await delays(scene, 3_000);
    for (const socket of [...stopped, ...askers]) socket.disconnect();
    tell("MB that nobody read", Math.round(written / 1e6));
    tell("held at most MB more", Math.round((most - held) / 1e6));
    tell("grew by MB", Math.round((server.memory() - resident) / 1e6));
    tell("answers p99 before and after, ms", `${Math.round(before)} ${Math.round(after)}`);
    expect(most - held < HELD_BYTES, `the server held ${Math.round((most - held) / 1e6)} MB for them`);
    expect(
      after < Math.max(before * 3, 1_000),
      `answers took ${Math.round(after)} ms (p99), before ${Math.round(before)} ms`,
    );
  },
};

/** How long answers to posts take over a while, p99. */
async function delays({ history }: Scene, forMs: number): Promise<number> {
  const from = history.now();
  await sleep(forMs);
  const took = history.ops
    .filter(({ at, command, outcome }) => at >= from && command.type === "post" && outcome === "ok")
    .map(({ at, answeredAt }) => (answeredAt ?? at) - at);
  return percentile(took, 0.99);
}

async function stopReading(url: string, token: string, since: object) {
  const socket = io(`${url}/agent`, {
    auth: { v: 1, token, since },
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
  });
  await new Promise<void>((greeted) => socket.once("hello", () => greeted()));
  const { ws } = socket.io.engine.transport as unknown as { ws: { _socket?: { pause(): void } } };
  if (!ws._socket) throw new Error("Cannot stop reading");
  ws._socket.pause();
  return socket;
}

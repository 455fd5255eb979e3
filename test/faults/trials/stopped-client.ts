import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import type { ConversationId } from "../../../protocol/index.ts";
import { mintId } from "../../../server/store/ids.ts";
import { percentile } from "../report.ts";
import type { Scene, Trial } from "../trial.ts";

const WORDS = "x".repeat(9_000);
const BURST = 25;
const GROWS_BY_BYTES = 250 * 1024 * 1024;
const STOPPED = 30;

export const stoppedClient: Trial = {
  title: "D8 clients that stop reading are let go of: the server's memory stays bounded and the others wait no longer",
  crowd: { visitors: 6, rude: 0 },
  async run(scene) {
    const { server, crowd, forMs, expect, tell } = scene;
    await sleep(2_500);
    const before = await delays(scene, 3_000);
    const talker = crowd.visitors[0];
    const agent = crowd.agents[0];
    const conversation = talker?.current();
    if (!talker || !agent || !conversation) throw new Error("Nobody has talked yet");
    const stopped = await Promise.all(
      Array.from({ length: STOPPED }, () => stopReading(server.url, agent.as.token, conversation)),
    );
    const memory = server.memory();
    let most = memory;
    let written = 0;
    const end = performance.now() + Math.max(forMs, 4_000);
    while (performance.now() < end) {
      // To everybody who has this conversation open, through an agent who writes much.
      const posts = Array.from({ length: BURST }, () => agent.note(conversation, `${WORDS} ${mintId()}`));
      await Promise.race([Promise.all(posts), sleep(2_000)]);
      written += BURST * WORDS.length * STOPPED;
      most = Math.max(most, server.memory());
    }
    // The burst itself costs everybody; what is compared is the time after it, with the stopped ones still there.
    const after = await delays(scene, 3_000);
    for (const socket of stopped) socket.disconnect();
    tell("MB that nobody read", Math.round(written / 1e6));
    tell("grew by MB", Math.round((most - memory) / 1e6));
    tell("answers p99 before and after, ms", `${Math.round(before)} ${Math.round(after)}`);
    expect(most - memory < GROWS_BY_BYTES, `memory grew by ${Math.round((most - memory) / 1e6)} MB`);
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

async function stopReading(url: string, token: string, conversation: ConversationId) {
  const socket = io(`${url}/agent`, {
    auth: { v: 1, token, since: { [conversation]: { talk: 0, desk: 0 } } },
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

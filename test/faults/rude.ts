import { io } from "socket.io-client";
import { mintId } from "../../server/store/ids.ts";
import type { History } from "./history.ts";
import type { Random } from "./random.ts";
import type { Stage } from "./stage.ts";

/* Whoever keeps no rule at all. Nothing they send may disturb the others, and nothing of the others may reach them. */

const GARBAGE_EVERY_MS = 40;

export interface Rude {
  readonly name: string;
  rest(): void;
  close(): void;
}

export function createRude(parts: {
  name: string;
  url(): string;
  stage: Stage;
  history: History;
  random: Random;
  /** Conversations of other people, to knock at. */
  others(): readonly string[];
}): Rude {
  const { name, stage, history, random } = parts;
  const own = new Set<unknown>();
  const socket = io(`${parts.url()}/visitor`, {
    auth: (give) => give({ v: 1, site: stage.shop.key }),
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 200,
    extraHeaders: { origin: stage.shop.origin },
  });
  socket.io.on("open", () => socket.io.engine.on("message", (packet) => history.hearsay.listen(name, packet)));
  socket.on("disconnect", () => {
    if (!socket.active) setTimeout(() => socket.connect(), 500).unref();
  });
  socket.on("event", (event: { conversation?: unknown; id?: unknown }) => {
    if (own.has(event.conversation)) return;
    history.doubts.push({ rule: "D12", person: name, says: `was sent an event of ${event.conversation}` });
  });

  const knock = () => {
    const conversation = random.pick(parts.others());
    if (conversation === undefined) return;
    const id = mintId();
    const attempts: object[] = [
      { type: "sync", conversation, after: 0 },
      { type: "post", conversation, id, text: "let me in" },
      { type: "read", conversation, seq: 1 },
      { type: "resolve", conversation },
      { type: "rate", conversation, episode: 1, solved: false },
    ];
    const command = random.pick(attempts);
    socket.emit("command", command, (reply: { ok?: boolean; fault?: { code?: string } }) => {
      const code = reply?.fault?.code;
      if (reply?.ok === false && (code === "not-found" || code === "unavailable")) return;
      const says = `${JSON.stringify(command)} was answered with ${JSON.stringify(reply).slice(0, 200)}`;
      history.doubts.push({ rule: "D12", person: name, says });
    });
  };

  const timer = setInterval(() => {
    if (!socket.connected) return;
    const choice = random.between(0, 9);
    if (choice < 3) return knock();
    const junk = garbage(random, 3);
    if (choice < 6) socket.emit("command", junk, () => {});
    else if (choice === 6) socket.emit("command", junk, garbage(random, 1));
    else if (choice === 7) socket.emit("pulse", junk);
    else if (choice === 8) socket.emit(random.pick(["event", "hello", "join", "__proto__", "error"]) ?? "x", junk);
    else raw(socket, random);
  }, GARBAGE_EVERY_MS);

  return {
    name,
    rest: () => clearInterval(timer),
    close() {
      clearInterval(timer);
      socket.disconnect();
    },
  };
}

/** Something that no schema takes. */
function garbage(random: Random, depth: number): unknown {
  const types = ["post", "sync", "read", "rate", "resolve", "contact", "constructor", ""];
  const values: (() => unknown)[] = [
    () => null,
    () => random.next() * 1e9,
    () => "x".repeat(random.between(0, 200)),
    () => ["$ne", null],
    () => ({ type: random.pick(types) }),
    () => ({ type: random.pick(types), conversation: mintId(), after: -1, seq: "1", id: {}, text: 7, episode: 0.5 }),
    () => JSON.parse('{"__proto__":{"ok":true},"type":"post"}'),
    () => Buffer.from([random.between(0, 255)]),
    () => (depth > 0 ? [garbage(random, depth - 1), garbage(random, depth - 1)] : true),
    () => (depth > 0 ? { type: garbage(random, depth - 1), a: garbage(random, depth - 1) } : false),
  ];
  return random.pick(values)?.();
}

/** Packets that no client library would make. */
function raw(socket: ReturnType<typeof io>, random: Random): void {
  const packets = ["4", "42", '42["command"', '42/visitor,["command",{}', '421["x"]', "45-", "49", "9", "", "4\u0000"];
  socket.io.engine?.write((random.pick(packets) ?? "4").slice(1));
}

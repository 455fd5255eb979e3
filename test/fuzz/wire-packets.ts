import fc from "fast-check";
import { anything, commands, mutated, spoiled } from "./garbage.ts";
import type { Setting } from "./storm.ts";

/* What a Socket.IO client never says: packets of its protocol, spoiled as text and as bytes. */

export type Side = "visitor" | "agent";

/** One connection: who it says it is, and what it says then. */
export interface Talk {
  readonly side: Side;
  /** The packet that asks to be let in. */
  readonly connect: string;
  /** Without Engine.IO's own first character; bytes are attachments that somebody asked for, or nobody. */
  readonly packets: readonly (string | Buffer)[];
}

export function talks(setting: Setting): fc.Arbitrary<Talk> {
  return fc.constantFrom<Side>("visitor", "agent").chain((side) => {
    const auth = {
      v: 1,
      ...(side === "visitor" ? { site: setting.ids.key, token: setting.token } : { token: setting.owner }),
      since: { [setting.conversation]: side === "visitor" ? 0 : { talk: 0, desk: 0 } },
    };
    const connect = fc
      .oneof(
        { weight: 6, arbitrary: fc.constant<unknown>(auth) },
        { weight: 2, arbitrary: spoiled(auth) },
        { weight: 1, arbitrary: anything },
      )
      .map((said) => `0/${side},${JSON.stringify(said ?? null)}`);
    const packets = fc.array(packetOf(side, setting), { minLength: 1, maxLength: 3 }).map((all) => all.flat());
    return fc.record({ side: fc.constant(side), connect, packets });
  });
}

/** One packet, with the attachments that may go with it. */
function packetOf(side: Side, { conversation, ids }: Setting): fc.Arbitrary<(string | Buffer)[]> {
  const valid = commands(conversation, ids.id ?? "").map((command) => JSON.stringify(command));
  const texts = [
    ...valid.map((command, at) => `2/${side},${at}["command",${command}]`),
    ...valid.map((command) => `2/${side},["pulse",${command}]`),
    `2/${side},["pulse",{"type":"typing","conversation":"${conversation}","on":true}]`,
    `51-/${side},7["command",{"type":"post","text":{"_placeholder":true,"num":0}}]`,
    `61-/${side},7[{"_placeholder":true,"num":0}]`,
    `3/${side},7[{"ok":true}]`,
    `1/${side},`,
  ];
  const command = fc.oneof(anything, ...commands(conversation, ids.id ?? "").map(spoiled));
  const text = fc.oneof(
    { weight: 4, arbitrary: mutated(texts) },
    { weight: 8, arbitrary: command.map((raw) => `2/${side},7["command",${JSON.stringify(raw ?? null)}]`) },
    { weight: 2, arbitrary: fc.constantFrom(...odd(side)) },
    { weight: 1, arbitrary: fc.constantFrom(...texts) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 100 }) },
  );
  const bytes = fc.uint8Array({ maxLength: 40 }).map((part) => Buffer.from(part));
  const attachments = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Buffer[]>([]) },
    { weight: 1, arbitrary: fc.array(bytes, { minLength: 1, maxLength: 3 }) },
  );
  return fc.tuple(text, attachments).map((all) => all.flat());
}

/** By hand, what mutation finds too seldom. */
function odd(side: Side): string[] {
  const event = (name: unknown, ...args: unknown[]) => `2/${side},${JSON.stringify([name, ...args])}`;
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
  return [
    // Kinds that are none, and those that only the server sends.
    ...["", "7", "8", "9", "-1", "x", `4/${side},"x"`, `4/${side},{"message":"x"}`, `3/${side},999999999999[]`],
    `0/${side},`,
    `0/${side},[]`,
    `0/${side},{"v":1}`,
    `0/${side === "visitor" ? "agent" : "visitor"},{"v":1}`,
    "0",
    ...["/", "/__proto__", "/nowhere", "/visitor?x=1", "//", "/visitor/", `/${"x".repeat(5_000)}`].map(
      (name) => `0${name},{"v":1}`,
    ),
    `1/${side},`,
    `1/${side},{}`,
    // Counts and numbers.
    ...["", "0", "-1", "1.5", "1e1", "11", "5999999", "Infinity", "NaN", " 1"].map(
      (count) => `5${count}-/${side},1["command",{"_placeholder":true,"num":0}]`,
    ),
    ...["0", "-1", "1e9", "99999999999999999999", "__proto__", "1.5", "00", " "].map(
      (id) => `2/${side},${id}["command",{"type":"contact"}]`,
    ),
    ...["-1", "99", '"0"', '"__proto__"', "null"].map(
      (num) => `51-/${side},1["command",{"_placeholder":true,"num":${num}}]`,
    ),
    `51-/${side},1["command",{"__proto__":{"_placeholder":true,"num":0}}]`,
    `62-/${side},1[{"_placeholder":true,"num":1},{"_placeholder":true,"num":1}]`,
    // Names that are the carrier's, the server's or everybody's.
    ...["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].map((name) =>
      event(name),
    ),
    ...[
      "error",
      "hello",
      "event",
      "join",
      "__proto__",
      "constructor",
      "toString",
      "",
      7,
      -1,
      1e308,
      null,
      true,
      {},
      [],
    ].map((name) => event(name, {})),
    `2/${side},`,
    `2/${side},[]`,
    `2/${side},{}`,
    `2/${side},7["command"]`,
    `2/${side},7["command",null,null,null]`,
    `2/${side},7["command",{"__proto__":{"type":"post"},"constructor":{"prototype":{"x":1}}}]`,
    `2/${side},7["command",{"type":"contact","name":"\\ud800"}]`,
    `2/${side},7["command",{"type":"sync","after":1e999,"limit":-1e-999}]`,
    `2/${side},7["command",${deep}]`,
    `2/${side},7["command",{"type":"contact","name":"${"x".repeat(70_000)}"}]`,
    `2/${side},7["command",{"type":"contact","name":"${"x".repeat(140_000)}"}]`,
  ];
}

import { expect, test } from "vitest";
import type { AgentCommand, VisitorCommand } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { sockets } from "../support/carriers.ts";
import { accepted, laws, refusedWith } from "./setting.ts";

/** Whatever a program may send that is no command. */
function nonsense(): unknown[] {
  const post = { type: "post", conversation: mintId(), id: mintId(), text: "Hello" };
  const deep = "[".repeat(2_000) + "]".repeat(2_000);
  return [
    null,
    undefined,
    7,
    "",
    "post",
    true,
    [],
    [post],
    {},
    { type: null },
    { type: "nonsense" },
    { type: "constructor" },
    { type: "__proto__" },
    { type: ["post"] },
    JSON.parse('{"__proto__": {"type": "post"}}'),
    JSON.parse('{"type": "post", "__proto__": {"conversation": "x"}}'),
    { ...post, conversation: 7 },
    { ...post, conversation: "1 or 1=1" },
    { ...post, conversation: { $ne: null } },
    { ...post, conversation: mintId().toUpperCase() },
    { ...post, id: "7" },
    { ...post, id: "00000000-0000-4000-8000-000000000000" },
    { ...post, text: { toString: "x" } },
    { ...post, text: JSON.parse(deep) },
    { ...post, page: { url: 7 } },
    { ...post, locale: "e".repeat(99) },
    { ...post, files: "f" },
    { ...post, asked: { q: "x".repeat(1_001), shown: [] } },
    { ...post, asked: { q: "x", shown: [], read: ["x"] } },
    { ...post, asked: { q: "x", shown: [], read: Array.from({ length: 11 }, () => mintId()) } },
    { type: "read", conversation: mintId(), seq: Number.MAX_VALUE },
    { type: "read", conversation: mintId(), seq: "1" },
    { type: "sync", conversation: mintId(), after: 0.5 },
  ];
}

laws("What is no command", (setting) => {
  test("is `invalid`, breaks nothing, and the connection goes on", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    for (const one of [vera, ada]) {
      for (const raw of nonsense()) {
        expect(await one.send(raw as VisitorCommand & AgentCommand), JSON.stringify(raw)?.slice(0, 80)).toMatchObject(
          refusedWith("invalid"),
        );
      }
    }
    for (const [one, command] of [
      [vera, { type: "note", conversation: mintId(), id: mintId(), text: "x" }],
      [ada, { type: "rate", conversation: mintId(), episode: 1, solved: true }],
    ] as const) {
      expect(await one.send(command as never)).toMatchObject(refusedWith("invalid"));
    }
    await vera.say("Still here");
  });

  test("or has no acknowledgement, or is a pulse of another shape, is passed over", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    for (const one of [vera, ada]) {
      const { emitter } = one.line;
      for (const raw of nonsense()) {
        emitter.emit("pulse", raw);
        emitter.emit("command", raw);
      }
      emitter.emit("command");
      emitter.emit("pulse");
      emitter.emit("command", { type: "inbox" }, "no function");
      emitter.emit("command", "a", "b", "c", {});
      emitter.emit("hello", { v: 1 });
      emitter.emit("event", { type: "posted" });
      emitter.emit("nonsense", {});
      emitter.emit("join", "room");
    }
    const { conversation } = await vera.say("Still here");
    accepted(await ada.send({ type: "open", conversation }));
  });

  test("or is over 64 KB, is `too-large`", async () => {
    const vera = await setting.visitor();
    const post = (more: object) =>
      vera.send({ type: "post", conversation: mintId(), id: mintId(), text: "Hello", ...more } as VisitorCommand);
    expect(await post({ filler: "x".repeat(65_000) })).toMatchObject({ ok: true });
    expect(await post({ filler: "x".repeat(66_000) })).toMatchObject(refusedWith("too-large"));
    expect(await post({ text: "谢".repeat(22_000) })).toMatchObject(refusedWith("too-large"));
    await vera.say("Still here");
  });
});

laws(
  "What is no packet",
  (setting) => {
    test("ends its own connection, and nobody else's", async () => {
      const vera = await setting.visitor();
      for (const garbage of [
        "4",
        "42",
        "42/visitor,",
        '42/visitor,7["command"',
        "4999999",
        `42/visitor,["command","${"x".repeat(200_000)}"]`,
        "451-",
        "9",
        '42/agent,["command",{}]',
        "40/nowhere,{}",
      ]) {
        const mallory = await setting.visitor();
        const { io } = mallory.line.emitter as unknown as { io: { engine: { transport: { ws: WebSocket } } } };
        io.engine.transport.ws.send(garbage);
        io.engine.transport.ws.send(Buffer.from([0, 1, 2, 255]));
        const { text } = { text: `After ${garbage.slice(0, 12)}` };
        await vera.say(text);
      }
    });
  },
  [sockets],
);

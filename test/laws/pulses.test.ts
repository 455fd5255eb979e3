import { expect, test } from "vitest";
import { CAFE } from "../support/desk.ts";
import { accepted, laws } from "./setting.ts";

laws("A pulse", (setting) => {
  test("says who types, to the other side and the author's other tabs, and is never stored", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const { conversation } = await vera.say("Hello");
    await ada.watch(conversation);
    vera.typing(conversation, true);
    for (const one of [ada, tab]) await one.until(() => one.pulsed("typing").length === 1);
    expect(ada.pulsed("typing")).toEqual([
      { type: "typing", conversation, by: { kind: "visitor", id: vera.hello.visitor.id }, on: true },
    ]);
    ada.typing(conversation, true);
    ada.typing(conversation, false);
    await vera.until(() => vera.pulsed("typing").length === 2);
    const { id, name } = ada.hello.agent;
    expect(vera.pulsed("typing")[1]).toEqual({
      type: "typing",
      conversation,
      by: { kind: "agent", id, name },
      on: false,
    });
    // Ben looks elsewhere, and nobody hears themselves.
    accepted(await ben.send({ type: "open", conversation }));
    expect([...ben.pulsed("typing"), ...ada.pulsed("typing").slice(1)]).toEqual([]);
    const { talk, desk } = await setting.log(conversation);
    expect([...talk, ...desk]).toHaveLength(1);
  });

  test("in a flood is no typing: of hundreds a handful is told", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent("Ada");
    const { conversation } = await vera.say("Hello");
    await ada.watch(conversation);
    for (let n = 0; n < 300; n++) vera.typing(conversation, n % 2 === 0);
    await vera.say("Still here");
    await ada.until(() => ada.pulsed("typing").length > 0);
    accepted(await ada.send({ type: "sync", conversation, stream: "talk", after: 0 }));
    expect(ada.pulsed("typing").length).toBeLessThanOrEqual(10);
  });

  test("D12 of typing in somebody else's conversation goes nowhere", async () => {
    const [vera, mallory] = [await setting.visitor(), await setting.visitor()];
    const [ada, eve] = [await setting.agent("Ada"), await setting.agent("Eve", [setting.desk.cafe])];
    const { conversation } = await vera.say("Hello");
    await ada.watch(conversation);
    mallory.typing(conversation, true);
    eve.typing(conversation, true);
    for (const one of [mallory, eve]) await one.send({ type: "sync", conversation, after: 0, stream: "talk" } as never);
    accepted(await ada.send({ type: "sync", conversation, stream: "talk", after: 0 }));
    accepted(await vera.send({ type: "sync", conversation, after: 0 }));
    expect([...ada.pulsed("typing"), ...vera.pulsed("typing")]).toEqual([]);
  });

  test("shows agents who is looking, and those of another site nothing", async () => {
    const vera = await setting.visitor();
    const [ada, ben] = [await setting.agent("Ada"), await setting.agent("Ben")];
    const eve = await setting.agent("Eve", [setting.desk.cafe]);
    const { conversation } = await vera.say("Hello");
    await ada.watch(conversation);
    await ben.until(() => ben.pulsed("viewing").at(-1)?.agents.length === 1);
    expect(
      ben
        .pulsed("viewing")
        .at(-1)
        ?.agents.map(({ name }) => name),
    ).toEqual(["Ada"]);
    await ben.watch(conversation);
    await ada.until(() => ada.pulsed("viewing").at(-1)?.agents.length === 2);
    ben.line.cut();
    await ada.until(() => ada.pulsed("viewing").at(-1)?.agents.length === 1);
    // Who comes in is told at once; this one before the next, who has it.
    const late = await setting.agent("Lea", [setting.desk.cafe]);
    const cleo = await setting.agent("Cleo");
    await cleo.until(() => cleo.pulsed("viewing").length > 0);
    expect(cleo.pulsed("viewing")).toMatchObject([{ conversation, agents: [{ name: "Ada" }] }]);
    accepted(await ada.send({ type: "leave", conversation }));
    await cleo.until(() => cleo.pulsed("viewing").at(-1)?.agents.length === 0);
    for (const one of [eve, late]) expect(one.pulsed("viewing")).toEqual([]);
    expect(vera.pulsed("viewing")).toEqual([]);
  });

  test("tells visitors whether anybody answers, by site", async () => {
    const vera = await setting.visitor();
    const carl = await setting.visitor({ site: setting.desk.cafe, origin: CAFE });
    expect(vera.hello.availability).toEqual({ state: "away", agents: [] });
    const ada = await setting.agent("Ada");
    await vera.until(() => vera.pulsed("availability").length > 0);
    const { id, name } = ada.hello.agent;
    expect(vera.pulsed("availability").at(-1)?.availability).toMatchObject({ state: "online", agents: [{ id, name }] });
    expect((await setting.visitor()).hello.availability.state).toBe("online");
    expect(carl.pulsed("availability")).toEqual([]);
  });

  test("brings agents the newest state of a row, at most four times a second", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("0");
    for (let i = 1; i <= 30; i++) await vera.say(`${i}`);
    await ada.until(() => ada.pulsed("row").at(-1)?.row.latest?.text === "30");
    const rows = ada.pulsed("row");
    expect(rows.length).toBeLessThan(15);
    expect(rows.at(-1)?.row).toEqual((await setting.log(conversation)).forAgents);
    expect(vera.pulsed("row")).toEqual([]);
  });
});

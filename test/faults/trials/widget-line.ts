import { setTimeout as sleep } from "node:timers/promises";
import { createNetwork, type Network } from "../network.ts";
import type { Trial } from "../trial.ts";
import { createWidgetVisitor, type WidgetVisitor } from "../widget-page.ts";

const PEOPLE = 3;

let network: Network;
let people: WidgetVisitor[] = [];

export const widgetLine: Trial = {
  title: "D15 what a visitor wrote in the widget is sent, though server, line and page go away before anybody answers",
  crowd: { visitors: 2, rude: 0 },
  async between({ port }, random) {
    network = await createNetwork(port, random);
    return network;
  },
  async run({ server, stage, history, random, forMs, watch }) {
    people = Array.from({ length: PEOPLE }, (_, n) =>
      createWidgetVisitor({ name: `w${n + 1}`, url: network.url, site: stage.shop, history }),
    );
    for (const person of people) watch(person);
    const end = performance.now() + forMs;
    let texts = 0;
    const write = () => {
      for (const person of people)
        for (let n = random.between(1, 3); n > 0; n--) person.write(`${person.name} says ${++texts} by the widget`);
    };
    do {
      write();
      await sleep(random.between(300, 900));
      network.reset();
      write();
      await sleep(random.between(0, 30));
      await server.kill();
      write();
      for (const person of people) if (random.chance(0.7)) person.reload();
      write();
      await server.start();
      await sleep(random.between(200, 600));
      for (const person of people) if (random.chance(0.5)) person.reload();
    } while (performance.now() < end);
  },
  done() {
    for (const person of people.splice(0)) person.close();
  },
};

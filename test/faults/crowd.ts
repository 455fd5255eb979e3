import { setTimeout as sleep } from "node:timers/promises";
import type { ConversationId, Event, VisitorCommand } from "../../protocol/index.ts";
import { type Agent, createAgent, OPEN_LIMIT } from "./agent.ts";
import { numbered } from "./hearsay.ts";
import type { History } from "./history.ts";
import type { Random } from "./random.ts";
import { createRude, type Rude } from "./rude.ts";
import type { Stage } from "./stage.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

/* Everybody at once, each choosing what to do by chance of their own. */

export interface CrowdOptions {
  visitors: number;
  rude: number;
  /** Milliseconds between what one person does; by half more or less. */
  pauseMs: number;
  /** How often an agent who does something changes a message. */
  changes?: number;
  /** How many messages a visitor may have under way; every third has only one. */
  depth: number;
  transports?: readonly ("websocket" | "polling")[];
  replyAfterMs?: number;
}

export interface Crowd {
  readonly visitors: Visitor[];
  readonly agents: Agent[];
  /** Everybody does something, again and again, until `rest`. */
  begin(): void;
  /** One more visitor, who was not here before. */
  arrive(): Visitor;
  /** Nobody begins anything any more; what was begun goes on. */
  rest(): Promise<void>;
  /** Somebody looks at everything who has seen none of it: one more tab of each visitor, one more agent of each site. */
  lookAnew(): Promise<void>;
  close(): void;
}

const ANEW_LIMIT = 5;
const CHANGES = 0.07;
const LOOKS_WITHIN_MS = 5_000;

export function createCrowd(parts: {
  stage: Stage;
  url(): string;
  history: History;
  random: Random;
  options: CrowdOptions;
}): Crowd {
  const { stage, url, history, options } = parts;
  const { pauseMs, transports, replyAfterMs } = options;
  const shared = {
    url,
    history,
    ...(replyAfterMs !== undefined && { replyAfterMs }),
    ...(transports && { transports }),
  };
  const visitors: Visitor[] = [];
  const arrive = () => {
    const n = visitors.length + 1;
    const visitor = createVisitor({
      ...shared,
      name: `v${n}`,
      site: n % 6 === 0 ? stage.cafe : stage.shop,
      random: parts.random.for(`v${n}`),
      depth: n % 3 === 0 ? 1 : options.depth,
    });
    visitors.push(visitor);
    return visitor;
  };
  for (let n = 1; n <= options.visitors; n++) arrive();
  const agents = stage.agents.map((as, index) => {
    const name = as.site === stage.shop ? `a${index + 1}` : "b1";
    return createAgent({ ...shared, name, as, random: parts.random.for(name) });
  });
  // Only what is stored: an id that its owner has not used yet is nobody's.
  const others = () =>
    visitors.flatMap(({ tabs }) =>
      [...(tabs[0]?.views ?? [])].flatMap(([id, { talk }]) => (talk.length > 0 ? [id] : [])),
    );
  const rude: Rude[] = [];
  for (let n = 1; n <= options.rude; n++) {
    rude.push(createRude({ name: `r${n}`, url, stage, history, random: parts.random.for(`r${n}`), others }));
  }

  let resting = false;
  const living: Promise<void>[] = [];
  const live = async (random: Random, act: () => Promise<void>) => {
    while (!resting) {
      await act();
      await sleep(pauseMs * (0.5 + random.next()));
    }
  };

  const visits = (visitor: Visitor) => {
    const random = parts.random.for(`${visitor.name} does`);
    living.push(live(random, () => visit(visitor, random)));
  };

  return {
    visitors,
    agents,
    arrive() {
      const visitor = arrive();
      visits(visitor);
      return visitor;
    },
    begin() {
      for (const visitor of visitors) visits(visitor);
      for (const agent of agents) {
        const random = parts.random.for(`${agent.name} does`);
        living.push(live(random, () => answer(agent, random, options.changes ?? CHANGES)));
      }
    },
    async rest() {
      resting = true;
      for (const one of rude) one.rest();
      for (const visitor of visitors) visitor.flush();
      // Who waits for an answer from a dead server is waited for elsewhere: by their outboxes.
      await Promise.race([Promise.all(living), sleep(2_000)]);
    },
    async lookAnew() {
      for (const visitor of visitors) visitor.openTab();
      const newcomers = [stage.shop, stage.cafe].flatMap((site) => {
        const as = stage.agents.find((one) => one.site === site);
        const name = site === stage.shop ? "a0" : "b0";
        return as ? [createAgent({ ...shared, name, as, random: parts.random.for(name) })] : [];
      });
      agents.push(...newcomers);
      await Promise.all(newcomers.map(lookAround));
    },
    close() {
      resting = true;
      for (const one of [...visitors, ...agents, ...rude]) one.close();
    },
  };
}

let texts = 0;
/** Different from every other, so that a doubled one is seen whatever its id. */
function words(name: string): string {
  texts += 1;
  return numbered(name, texts);
}

async function visit(visitor: Visitor, random: Random): Promise<void> {
  const choice = random.between(1, 100);
  const current = visitor.current();
  if (choice <= 66) return visitor.write(words(visitor.name));
  if (choice <= 72) {
    for (let n = random.between(2, 6); n > 0; n--) visitor.write(words(visitor.name));
    return;
  }
  if (choice <= 76) return visitor.reload();
  if (choice <= 79) return visitor.tabs.length < 3 ? visitor.openTab() : visitor.closeTab();
  if (choice <= 81) return visitor.closeTab();
  if (choice <= 84) {
    const back = visitor.offline(random.between(50, 900));
    visitor.write(words(visitor.name));
    visitor.write(words(visitor.name));
    return back;
  }
  if (!current) return;
  const tab = visitor.tabs.find(({ up }) => up);
  const head = tab?.views.get(current)?.talk.length ?? 0;
  if (choice <= 90) return ask(visitor, { type: "sync", conversation: current, after: Math.max(0, head - 5) });
  if (choice <= 94) {
    for (const seq of placesToRead(head, random)) await ask(visitor, { type: "read", conversation: current, seq });
    return;
  }
  if (choice <= 96) {
    await ask(visitor, { type: "resolve", conversation: current });
    if (random.chance(0.5)) await rate(visitor, current, tab?.views.get(current)?.talk ?? [], random);
    if (random.chance(0.5) && tab && tab.views.size < ANEW_LIMIT) visitor.startAnew();
    return;
  }
  if (choice <= 97) return rate(visitor, current, tab?.views.get(current)?.talk ?? [], random);
  if (choice <= 98) return ask(visitor, { type: "contact", name: `${visitor.name} ${random.between(1, 9)}` });
  tab?.typing(current, random.chance(0.5));
}

/** The newest question that was asked, or one that never was. */
async function rate(visitor: Visitor, conversation: ConversationId, talk: readonly Event[], random: Random) {
  const { episode } = talk.findLast((event) => event.type === "asked") ?? { episode: random.between(1, 3) };
  const stars = random.chance(0.5) && { rating: random.between(1, 5), reasons: ["wait" as const] };
  await ask(visitor, { type: "rate", conversation, episode, solved: random.chance(0.5), ...stars });
}

async function ask(visitor: Visitor, command: VisitorCommand): Promise<void> {
  await visitor.send(command);
}

async function answer(agent: Agent, random: Random, changes: number): Promise<void> {
  if (!agent.connection.up) return;
  const choice = random.between(1, 100);
  if (agent.open.size < 3 || choice <= 8) {
    const conversation = random.pick(await agent.look());
    if (conversation) await agent.watch(conversation);
    return;
  }
  const conversation = random.pick([...agent.open]) as ConversationId;
  if (random.chance(changes)) return change(agent, conversation, random);
  if (choice <= 50) return void (await agent.post(conversation, words(agent.name)));
  if (choice <= 62) return void (await agent.note(conversation, `${words(agent.name)} aside`));
  if (choice <= 72) return void (await agent.claim(conversation));
  if (choice <= 76) {
    const was = agent.assigneeOf(conversation);
    return void (await agent.ask({ type: "assign", conversation, agent: null, was: was as never }));
  }
  if (choice <= 83) return read(agent, conversation, random);
  if (choice <= 85) return void (await agent.ask({ type: "resolve", conversation }));
  if (choice <= 87) return void (await agent.ask({ type: "reopen", conversation }));
  if (choice <= 89) {
    const [add, remove] = [[`t${random.between(1, 4)}`], [`t${random.between(1, 4)}`]];
    return void (await agent.ask({ type: "tag", conversation, add, ...(random.chance(0.5) && { remove }) }));
  }
  if (choice <= 90) {
    const until = new Date(Date.now() + random.between(1_000, 5_000)).toISOString();
    return void (await agent.ask({ type: "snooze", conversation, until }));
  }
  if (choice <= 93) return agent.leave(conversation);
  if (choice <= 95) return agent.offline(random.between(50, 600));
  agent.connection.typing(conversation, true);
}

async function read(agent: Agent, conversation: ConversationId, random: Random): Promise<void> {
  const head = agent.connection.views.get(conversation)?.talk.length ?? 0;
  for (const seq of placesToRead(head, random)) await agent.ask({ type: "read", conversation, seq });
}

/** As far as one sees, and now and then an older place after it: that moves nothing. */
function placesToRead(head: number, random: Random): number[] {
  if (head === 0) return [];
  return random.chance(0.4) ? [head, random.between(1, head)] : [head];
}

/** Edits or takes back a message of their own, one of the last more often than an old one; or tries to with somebody else's. */
async function change(agent: Agent, conversation: ConversationId, random: Random): Promise<void> {
  if (random.chance(0.15)) {
    const messages = agent.connection.views.get(conversation)?.talk.filter(({ type }) => type === "posted") ?? [];
    const target = random.pick(messages);
    if (!target || target.by.id === agent.as.id) return;
    const message = { conversation, seq: target.seq };
    return void (await (random.chance(0.5) ? agent.edit(message, words(agent.name)) : agent.redact(message)));
  }
  if (random.chance(0.3)) {
    // As who sends too early: the message is still the newest, in lists as well.
    const { event } = { event: undefined, ...(await agent.post(conversation, words(agent.name))) };
    return void (event && (await agent.redact(event)));
  }
  const own = random.pick(random.chance(0.7) ? agent.own.slice(-3) : agent.own);
  if (!own) return;
  await agent.edit(own, words(agent.name));
  if (random.chance(0.6)) return;
  await agent.redact(own);
  // Too late: nothing may come of it.
  if (random.chance(0.3)) await agent.edit(own, words(agent.name));
}

/** Reads what is there, as far as one agent holds it open. */
async function lookAround(agent: Agent): Promise<void> {
  const late = performance.now() + LOOKS_WITHIN_MS;
  while (!agent.connection.up && performance.now() < late) await sleep(20);
  await Promise.all((await agent.look()).slice(0, OPEN_LIMIT).map(agent.watch));
}

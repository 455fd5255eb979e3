import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AgentCommand, type AgentId, type ConversationId, type EventId, VisitorCommand } from "../../protocol/index.ts";
import type { AgentActor } from "../../server/desk/actors.ts";
import { mintId } from "../../server/store/ids.ts";
import { sockets, type Wire } from "../support/carriers.ts";
import { CAFE, HOME, SHOP, type Signed } from "../support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../support/http-desk.ts";
import { createAgent, createVisitor } from "../support/people.ts";
import { AGENT_COMMANDS, ANYBODY, MEMBERS, NOTED, OPEN, VISITOR_COMMANDS } from "./expectations.ts";
import { createFresh, createOffice, type Fresh, type Office, talkOf } from "./fresh.ts";

const ROLES = ["nobody", "stranger", "agent", "admin", "owner"] as const;
type Role = (typeof ROLES)[number] | "rival";
/** The owner last: what they end is ended for who makes things anew. */
const WALK: readonly Role[] = ["rival", ...ROLES];
const PLACES = ["nowhere", "foreign", "page", "visitor", "stranger"] as const;

let desk: HttpDesk;
let people: Record<Exclude<Role, "nobody">, Signed>;
let keys: Record<Exclude<Role, "nobody">, string>;
let ids: Record<string, string>;
let fresh: Fresh;
let tokens: { visitor: string; stranger: string };
/** What was seen, for the table that is printed. */
const seen = new Map<string, (string | number)[]>();

const ARTICLE = { body: "Within 30 days.", locale: "en", visibility: "public", state: "published" };

beforeAll(async () => {
  let office: Office | undefined;
  desk = await openHttpDesk((inside) => {
    office = createOffice(inside);
    return { mail: office };
  });
  const { shop, cafe, owner } = desk;
  const admin = await desk.hire("Abe");
  await desk.desk.people.change(owner.actor, admin.actor.id, { role: "admin" });
  const rival = await desk.hire("Ria", [cafe]);
  await desk.desk.people.change(owner.actor, rival.actor.id, { role: "admin" });
  people = { stranger: await desk.hire("Sten", [cafe]), agent: await desk.hire("Ada"), admin, owner, rival };
  keys = {
    rival: await desk.keyOf("admin", [cafe]),
    stranger: await desk.keyOf("agent", [cafe]),
    agent: await desk.keyOf("agent"),
    admin: await desk.keyOf("admin"),
    owner: await desk.keyOf("owner"),
  };
  const colleague = await desk.hire("Noor");
  const body = { ...ARTICLE, title: "Shipping" };
  const article = await desk.ask<{ id: string }>("POST", `/api/sites/${shop.id}/articles`, { as: owner.cookie, body });
  const { visitor, token } = await desk.welcome();
  tokens = { visitor: token, stranger: (await desk.welcome(cafe)).token };
  fresh = createFresh(desk, office as Office, colleague.actor, visitor);
  ids = {
    site: shop.id,
    key: shop.publicKey,
    article: article.body.id,
    colleague: colleague.actor.id,
    owner: owner.actor.id,
    name: "outcomes",
  };
});
afterAll(async () => {
  await desk.close();
  const lines = [...seen].map(
    ([what, results]) => `${what.padEnd(64)}${results.map((r) => `${r}`.padEnd(11)).join("")}`,
  );
  console.log(lines.join("\n"));
});

/** A route and its body with a name for each place, what is made anew among them. */
async function filledFor(by: AgentActor, path: string, body?: unknown): Promise<{ path: string; body?: string }> {
  const text = JSON.stringify(body);
  let [filledPath, filledText] = [path, text];
  for (const [place = "", name = ""] of `${path} ${text}`.matchAll(/(?<=\/|[:[,]"):(\w+)/g)) {
    const id = ids[name] ?? (await fresh[name]?.(by));
    // Or it would be refused as what is not there.
    if (id === undefined) throw new Error(`Nothing was made for ${place}`);
    filledPath = filledPath.replaceAll(place, id);
    filledText = filledText?.replaceAll(place, id);
  }
  return { path: filledPath, ...(filledText !== undefined && { body: filledText }) };
}
const note = (row: string, result: string | number) => void seen.set(row, [...(seen.get(row) ?? []), result]);

/** Names the newest line of the audit log. */
const newestNote = async () => (await desk.desk.audit.list(desk.owner.actor, { limit: 1 })).items[0]?.id;

/** A session of their own for each question: some of them end it. */
async function cookieOf({ actor }: Signed): Promise<string> {
  return `deskbell_session=${(await desk.desk.sessions.begin(actor.key)).token}`;
}

describe.each(WALK)("%s", (role) => {
  test.each(MEMBERS.map(([route, statuses, more = {}]) => [route, statuses, more] as const))(
    "asks %s and hears what is written down",
    async (route, statuses, { body, byKey, rival }) => {
      const [method = "", path = ""] = route.split(" ");
      const usual = statuses[ROLES.indexOf(role === "rival" ? "stranger" : role)] ?? 0;
      const expected = role === "rival" ? (rival ?? usual) : usual;
      const { actor } = role === "nobody" ? desk.owner : people[role];
      const ask = async (as?: string, bearer?: string) => {
        const filled = await filledFor(actor, path, body);
        const before = await newestNote();
        const answer = await desk.ask(method, filled.path, {
          ...(as !== undefined && { as }),
          ...(bearer !== undefined && { headers: { authorization: `Bearer ${bearer}` } }),
          ...filled,
        });
        return { ...answer, noted: (await newestNote()) !== before };
      };
      const answers =
        role === "nobody"
          ? [[await ask(), expected] as const, [await ask(undefined, tokens.visitor), expected] as const]
          : [
              [await ask(await cookieOf(people[role])), expected] as const,
              [await ask(keys[role]), byKey ?? expected] as const,
            ];
      for (const [answer, status] of answers) {
        expect(answer.status).toBe(status);
        if (answer.status >= 400) {
          expect(answer.headers.get("content-type")).toBe("application/problem+json");
          expect(answer.fault).toBeTypeOf("string");
        }
      }
      // Asked a second time, some have nothing left to do.
      const [first] = answers[0] ?? [];
      expect([route, first?.noted]).toEqual([route, NOTED.has(route) && expected < 400]);
      note(route, first?.status ?? 0);
      expect(desk.errors).toEqual([]);
    },
  );
});

describe.each(PLACES.map((place, index) => [place, index] as const))("from %s", (place, index) => {
  test.each(OPEN.map(([route, statuses, more = {}]) => [route, statuses, more] as const))(
    "%s is answered as is written down",
    async (route, statuses, { body }) => {
      const [method = "", path = ""] = route.split(" ");
      const token = place === "visitor" || place === "stranger" ? tokens[place] : undefined;
      // Each visitor logs out once only.
      const own = route.startsWith("DELETE /api/widget") && token ? (await desk.welcome()).token : token;
      const origin = place === "nowhere" ? undefined : place === "foreign" ? "https://evil.example" : SHOP;
      const headers = { ...(origin && { origin }), ...(own && { authorization: `Bearer ${own}` }) };
      const filled = await filledFor(desk.owner.actor, path, body);
      const answer = await desk.ask(method, filled.path, { headers, ...filled });
      expect(answer.status).toBe(statuses[index]);
      note(route, answer.status);
      expect(desk.errors).toEqual([]);
    },
  );
});

test("Every route that asks nobody who they are is written down, and nothing else", () => {
  const served = desk.app.routes.filter(({ method, path }) => method !== "ALL" && !path.startsWith("/api/"));
  // The console's pages are there only where they were built.
  const written = new Set(served.map(({ method, path }) => `${method} ${path}`)).add("GET /console/*");
  expect([...written].sort()).toEqual([...ANYBODY].sort());
  expect([...NOTED].filter((route) => !MEMBERS.some(([one]) => one === route))).toEqual([]);
});

test("Every route of the description is written down, and nothing else", async () => {
  const { body } = await desk.ask<{ paths: Record<string, object> }>("GET", "/api/openapi.json");
  const methods = new Set(["get", "post", "put", "patch", "delete"]);
  const described = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((name) => methods.has(name))
      .map((name) => shapeOf(`${name.toUpperCase()} ${path}`)),
  );
  const served = desk.app.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/") && path !== "/api/openapi.json")
    .map(({ method, path }) => shapeOf(`${method} ${path}`));
  const written = [...MEMBERS, ...OPEN].map(([route]) => shapeOf(route));
  const unwritten = [...new Set([...described, ...served])].filter((route) => !isWritten(route, written));
  expect(unwritten, "who may ask these? Write it into test/attacks/expectations.ts").toEqual([]);
  expect(written.filter((route) => !served.some((one) => isWritten(route, [one])))).toEqual([]);
});

describe("a command", () => {
  let wire: Wire;
  beforeAll(async () => {
    wire = await sockets.serve(desk);
  });
  afterAll(() => wire.close());

  test("of every type is written down", () => {
    const typesOf = (schema: typeof AgentCommand | typeof VisitorCommand) =>
      schema.options.map(({ entries }) => entries.type.literal).sort();
    expect(Object.keys(AGENT_COMMANDS).sort()).toEqual(typesOf(AgentCommand));
    expect(Object.keys(VISITOR_COMMANDS).sort()).toEqual(typesOf(VisitorCommand));
  });

  const asAgents = (["stranger", "agent", "admin", "owner", "rival"] as const).flatMap((role, index) =>
    Object.entries(AGENT_COMMANDS).map(
      ([type, [fields, ...outcomes]]) => [role, type, fields, outcomes[role === "rival" ? 0 : index]] as const,
    ),
  );
  test.each(asAgents)("of %s to %s is answered as is written down", async (role, type, fields, outcome) => {
    const conversation = await talk();
    const command = filled(type, fields, conversation);
    const overHttp = async (as: string) => {
      const { body } = await desk.ask<Outcome>("POST", `/api/conversations/${conversation}/commands`, {
        as,
        body: command,
      });
      return outcomeOf(body);
    };
    const agent = createAgent(wire, { ...people[role], cookie: await cookieOf(people[role]) }, { origin: HOME });
    await agent.arrive();
    const overSocket = outcomeOf((await agent.send(command as never)) as unknown as Outcome);
    expect(overSocket).toBe(outcome);
    const later = { ...command, ...("id" in command && { id: mintId() }) };
    // Over HTTP there is nothing to leave; an inbox is listed by GET.
    if (type !== "leave" && type !== "inbox") {
      for (const as of [await cookieOf(people[role]), keys[role]]) {
        const body = { ...later, ...("id" in later && { id: mintId() }) };
        const answer = await desk.ask<Outcome>("POST", `/api/conversations/${conversation}/commands`, { as, body });
        expect(outcomeOf(answer.body)).toBe(outcome);
      }
      expect(await overHttp("deskbell_session=nobody")).toBe("unauthorized");
    }
    note(`agent command ${type}`, outcome ?? "");
    expect(desk.errors).toEqual([]);
  });

  const asVisitors = (["another", "stranger", "self"] as const).flatMap((who, index) =>
    Object.entries(VISITOR_COMMANDS).map(
      ([type, [fields, ...outcomes]]) => [who, type, fields, outcomes[index]] as const,
    ),
  );
  test.each(asVisitors)(
    "of a visitor (%s) to %s is answered as is written down",
    async (who, type, fields, outcome) => {
      const own = await desk.welcome();
      const conversation = await talk(own);
      if (type === "rate") await desk.desk.asVisitor.execute(own.visitor, { type: "resolve", conversation });
      const site = who === "stranger" ? desk.cafe : desk.shop;
      const token = who === "self" ? own.token : (await desk.welcome(site)).token;
      const command = filled(type, fields, conversation);
      const headers = { origin: who === "stranger" ? CAFE : SHOP, authorization: `Bearer ${token}` };
      const answer = await desk.ask<Outcome>("POST", `/api/widget/${site.publicKey}/commands`, {
        headers,
        body: command,
      });
      expect(outcomeOf(answer.body)).toBe(outcome);
      const wire = await sockets.serve(desk);
      try {
        const visitor = createVisitor(wire, desk, { site, origin: headers.origin, kept: { token, outbox: [] } });
        await visitor.arrive();
        expect(
          outcomeOf((await visitor.send({ ...command, ...("id" in command && { id: mintId() }) } as never)) as never),
        ).toBe(outcome);
      } finally {
        await wire.close();
      }
      note(`visitor command ${type}`, outcome ?? "");
      expect(desk.errors).toEqual([]);
    },
  );
});

type Outcome = { ok: true } | { ok: false; fault: { code: string } } | { fault: { code: string } };

function outcomeOf(answer: Outcome): string {
  return "fault" in answer ? answer.fault.code : "ok";
}

function filled(type: string, fields: object, conversation: ConversationId): Record<string, unknown> {
  const set = Object.entries(fields).map(([name, value]) => [
    name,
    value === ":site" ? ids.site : value === ":new" ? mintId<EventId>() : value,
  ]);
  const about = type === "inbox" || type === "contact" ? {} : { conversation };
  return { type, ...about, ...Object.fromEntries(set) };
}

/** A conversation that Noor has. */
async function talk(by?: Awaited<ReturnType<HttpDesk["welcome"]>>): Promise<ConversationId> {
  return talkOf(desk, (by ?? (await desk.welcome())).visitor, ids.colleague as AgentId);
}

/** A route whatever its places are called. */
function shapeOf(route: string): string {
  return route.replace(/:\w+|\{\w+\}/g, ":").replace(/\/$/, "");
}

/** A row may name what another route leaves open: a report by its name. */
function isWritten(route: string, written: readonly string[]): boolean {
  const parts = route.split("/");
  return written.some((one) => {
    const others = one.split("/");
    return others.length === parts.length && others.every((part, at) => part === parts[at] || part === ":");
  });
}

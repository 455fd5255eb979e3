import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConversationId, EventId } from "../../protocol/index.ts";
import { openDesk, SHOP, type TestDesk } from "../../test/support/desk.ts";
import { createAsk } from "../../test/support/http-desk.ts";
import { openPostbox, openSilence, type Postbox } from "../../test/support/postbox.ts";
import type { VisitorActor } from "../desk/actors.ts";
import { createDesk, type Desk } from "../desk/desk.ts";
import { createHttp } from "../http/app.ts";
import { mintId } from "../store/ids.ts";
import { alsoTo, createPostOffice, type PostOffice } from "./post-office.ts";
import { createSmtp } from "./smtp.ts";

const MINUTE_MS = 60_000;
const HOST = "desk.example";
let test: TestDesk;
let box: Postbox;
let office: PostOffice;
let log: unknown[];
let desk: Desk;

beforeEach(async () => {
  test = await openDesk();
  box = await openPostbox();
  log = [];
  const { store, clock, audience } = test;
  desk = createDesk({ store, clock, publish: alsoTo(audience, () => office.publish), home: () => `https://${HOST}` });
  office = openOffice(box.url);
});
afterEach(async () => {
  office.close();
  await box.close();
  await test.close();
});

function openOffice(url: string): PostOffice {
  const { store, clock } = test;
  const carrier = createSmtp(url, () => HOST);
  const { sites, home } = desk;
  return createPostOffice({ store, clock, sites, carrier, home, log: (error) => log.push(error) });
}

const http = (mail: PostOffice | undefined = office) =>
  createAsk(
    createHttp(desk, {
      config: { limits: false, trustProxy: 0, publicUrl: undefined },
      log: { error: (about: unknown) => void test.errors.push(about) } as never,
      isHome: test.isHome,
      availability: () => ({ state: "away", agents: [] }),
      ready: () => true,
      mail,
    }),
  );

interface Somebody {
  visitor: VisitorActor;
  conversation: ConversationId;
  /** Asks over HTTP, as their browser. */
  asks(path: string, body?: unknown): ReturnType<ReturnType<typeof createAsk>>;
}

async function somebody({ locale = "en", page = `${SHOP}/cart` } = {}): Promise<Somebody> {
  const { visitor, token } = await test.welcome();
  const conversation = mintId<ConversationId>();
  await desk.asVisitor.execute(visitor, {
    type: "post",
    conversation,
    id: mintId<EventId>(),
    text: "Where is my <b>parcel</b>?",
    locale,
    page: { url: page },
  });
  const ask = http();
  const headers = { origin: SHOP, authorization: `Bearer ${token}` };
  return {
    visitor,
    conversation,
    asks: (path, body = {}) => ask("POST", `/api/widget/${test.shop.publicKey}${path}`, { headers, body }),
  };
}

const answers = async (conversation: ConversationId, text: string, seen = 1) =>
  desk.asAgent.execute(test.owner.actor, { type: "post", conversation, id: mintId<EventId>(), text, seen });

const says = (visitor: VisitorActor, email: string) => desk.asVisitor.execute(visitor, { type: "contact", email });

const codeIn = (text: string | undefined) => /^\d{6}$/m.exec(text ?? "")?.[0] ?? "";

describe("a transcript", () => {
  it("goes to an address only after the code that was sent there came back", async () => {
    const { conversation, asks } = await somebody();
    await answers(conversation, "It left today & arrives on Monday.");
    const path = `/conversations/${conversation}/transcript`;
    expect(await asks(path)).toMatchObject({ status: 403, fault: "forbidden", body: { fault: { field: "email" } } });

    expect((await asks("/email/code", { email: "vera@example.com" })).status).toBe(202);
    const [letter] = await box.until(1);
    expect(letter?.to).toEqual(["vera@example.com"]);
    expect(letter?.text).not.toContain("parcel");
    // Naming the address is not enough, nor is saying it by `contact`.
    expect((await asks(path)).status).toBe(403);
    const code = codeIn(letter?.text);
    expect(letter?.headers.get("subject")).toBe(`${code} is your code for Shop`);
    expect((await asks("/email/confirm", { code: code === "000000" ? "111111" : "000000" })).status).toBe(400);
    expect((await asks("/email/confirm", { code })).body).toEqual({ email: "vera@example.com" });

    expect(await asks(path, { zone: "Asia/Shanghai" })).toMatchObject({
      status: 202,
      body: { email: "vera@example.com" },
    });
    const [, transcript] = await box.until(2);
    expect(transcript?.to).toEqual(["vera@example.com"]);
    expect(transcript?.text).toContain("You, May 4, 2026, 8:00 PM\nWhere is my <b>parcel</b>?");
    expect(transcript?.text).toContain("It left today & arrives on Monday.");
    expect(transcript?.html).toContain("Where is my &#60;b&#62;parcel&#60;/b&#62;?");
    expect(transcript?.headers.get("from")).toBe(`Shop <support@${HOST}>`);
  });

  it("goes nowhere once the address is another one", async () => {
    const { visitor, conversation, asks } = await somebody();
    await asks("/email/code", { email: "vera@example.com" });
    await asks("/email/confirm", { code: codeIn((await box.until(1))[0]?.text) });
    await says(visitor, "victim@example.com");
    expect((await asks(`/conversations/${conversation}/transcript`)).status).toBe(403);
  });

  it("of somebody else's conversation, or of a guessed one, is not found", async () => {
    const [vera, otto] = [await somebody(), await somebody()];
    await vera.asks("/email/code", { email: "vera@example.com" });
    await vera.asks("/email/confirm", { code: codeIn((await box.until(1))[0]?.text) });
    for (const id of [otto.conversation, mintId(), "nonsense"])
      expect((await vera.asks(`/conversations/${id}/transcript`)).status).toBe(404);
    expect(box.received).toHaveLength(1);
  });

  it("speaks the visitor's language", async () => {
    const { conversation, asks } = await somebody({ locale: "zh-Hant" });
    await asks("/email/code", { email: "vera@example.com", locale: "zh-Hant" });
    const [letter] = await box.until(1);
    expect(letter?.headers.get("subject")).toContain("驗證碼");
    await asks("/email/confirm", { code: codeIn(letter?.text) });
    await asks(`/conversations/${conversation}/transcript`, { locale: "zh-Hant" });
    const [, transcript] = await box.until(2);
    expect(transcript?.headers.get("subject")).toBe("您與Shop的對話紀錄");
    expect(transcript?.html).toContain('lang="zh-Hant"');
  });
});

describe("codes", () => {
  it("end after five wrong tries, and after a quarter of an hour", async () => {
    const { asks } = await somebody();
    await asks("/email/code", { email: "vera@example.com" });
    const code = codeIn((await box.until(1))[0]?.text);
    const wrong = code === "000000" ? "111111" : "000000";
    for (let n = 0; n < 5; n++) expect((await asks("/email/confirm", { code: wrong })).fault).toBe("invalid");
    expect((await asks("/email/confirm", { code })).fault).toBe("invalid");

    await asks("/email/code", { email: "vera@example.com" });
    const second = codeIn((await box.until(2))[1]?.text);
    test.clock.advance(15 * MINUTE_MS + 1);
    expect((await asks("/email/confirm", { code: second })).fault).toBe("invalid");
  });

  it("flood nobody: three an hour go to one address, however many visitors name it", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) {
      const { asks } = await somebody();
      statuses.push((await asks("/email/code", { email: "victim@example.com" })).status);
    }
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
  });

  it("go to one address and carry no header that somebody wrote into it", async () => {
    const { asks } = await somebody();
    const injections = [
      "a@example.com\r\nBcc: b@example.com",
      "a@example.com, b@example.com",
      "a@example.com\n",
      "<a@example.com>",
    ];
    for (const email of injections.slice(0, 2).concat(injections[3] ?? ""))
      expect((await asks("/email/code", { email })).fault).toBe("invalid");
    await desk.sites.change(test.owner.actor, test.shop.id, { name: 'Shop\r\nBcc: evil@example.com "x" <y@z>' });
    expect((await asks("/email/code", { email: "vera@example.com" })).status).toBe(202);
    const [letter] = await box.until(1);
    expect(letter?.to).toEqual(["vera@example.com"]);
    expect([...(letter?.headers.keys() ?? [])]).not.toContain("bcc");
  });
});

describe("an answer that was not seen", () => {
  it("goes by mail after five minutes, once, with a way out", async () => {
    const { visitor, conversation } = await somebody();
    await says(visitor, "vera@example.com");
    await answers(conversation, "It arrives on Monday.");
    await office.notices.look();
    test.clock.advance(4 * MINUTE_MS);
    await office.notices.look();
    expect(await sent()).toHaveLength(0);
    test.clock.advance(MINUTE_MS);
    await office.notices.look();
    const [notice] = await sent(1);
    expect(notice?.headers.get("subject")).toBe("Olga of Shop answered you");
    expect(notice?.text).toContain("It arrives on Monday.");
    // An address that nobody proved gets none of the visitor's words.
    expect(notice?.text).not.toContain("parcel");
    expect(notice?.text).toContain(`${SHOP}/cart`);
    expect(notice?.headers.get("list-unsubscribe")).toMatch(/^<https:\/\/desk\.example\/mail\/stop\//);
    test.clock.advance(60 * MINUTE_MS);
    await office.notices.look();
    expect(await sent()).toHaveLength(1);
  });

  it("stays where it was seen in time, or where nobody left an address", async () => {
    const { visitor, conversation } = await somebody();
    await says(visitor, "vera@example.com");
    await answers(conversation, "Here");
    const reply = await desk.asVisitor.execute(visitor, { type: "sync", conversation, after: 0 });
    const seq = "head" in reply && typeof reply.head === "number" ? reply.head : 0;
    await desk.asVisitor.execute(visitor, { type: "read", conversation, seq });
    const other = await somebody();
    await answers(other.conversation, "Here");
    test.clock.advance(10 * MINUTE_MS);
    await office.notices.look();
    expect(await sent()).toHaveLength(0);
    // Left later: then it goes.
    await says(other.visitor, "otto@example.com");
    await office.notices.look();
    expect((await sent(1))[0]?.to).toEqual(["otto@example.com"]);
  });

  it("is found again when the server stopped in between", async () => {
    const { visitor, conversation } = await somebody();
    await says(visitor, "vera@example.com");
    await answers(conversation, "It arrives on Monday.");
    office.close();
    test.clock.advance(10 * MINUTE_MS);
    office = openOffice(box.url);
    await office.notices.recover();
    await office.notices.look();
    expect((await sent(1))[0]?.text).toContain("It arrives on Monday.");
  });

  it("is told three times at most before somebody looks", async () => {
    const { visitor, conversation } = await somebody();
    await says(visitor, "vera@example.com");
    for (let n = 0; n < 6; n++) {
      await answers(conversation, `Answer ${n}`, 20);
      test.clock.advance(11 * MINUTE_MS);
      await office.notices.look();
      test.clock.advance(11 * MINUTE_MS);
      await office.notices.look();
    }
    expect(await sent()).toHaveLength(3);
  });

  it("goes to nobody who asked for no more; looking at the link alone stops nothing", async () => {
    const { visitor, conversation } = await somebody();
    await says(visitor, "vera@example.com");
    const hears = async (text: string) => {
      await answers(conversation, text, 20);
      test.clock.advance(20 * MINUTE_MS);
      await office.notices.look();
      return sent();
    };
    const [notice] = await hears("One");
    const link = new URL(/<(.+)>/.exec(notice?.headers.get("list-unsubscribe") ?? "")?.[1] ?? "").pathname;
    const ask = http();
    expect((await ask("GET", link)).body).toContain("vera@example.com");
    expect(await hears("Two")).toHaveLength(2);
    expect((await ask("POST", link, { headers: { "content-type": "application/x-www-form-urlencoded" } })).status).toBe(
      200,
    );
    expect(
      (
        await ask(
          "POST",
          link.replace(/.$/, (end) => (end === "A" ? "B" : "A")),
        )
      ).status,
    ).toBe(404);
    expect(await hears("Three")).toHaveLength(2);
  });

  it("leads to no page that is not the site's", async () => {
    const { visitor, conversation } = await somebody({ page: "https://evil.example/login" });
    await says(visitor, "vera@example.com");
    await answers(conversation, "Here");
    test.clock.advance(5 * MINUTE_MS);
    await office.notices.look();
    expect((await sent(1))[0]?.text).not.toContain("evil.example");
  });
});

describe("delivery", () => {
  it("D14 tries again under the same id until it is taken, and keeps no words then", async () => {
    box.refuse(450);
    const { asks } = await somebody();
    await asks("/email/code", { email: "vera@example.com" });
    await tried(1);
    box.refuse(undefined);
    test.clock.advance(MINUTE_MS);
    await office.deliver();
    const [letter] = await box.until(1);
    expect(letter?.headers.get("message-id")).toMatch(/^<[0-9a-f-]{36}@desk\.example>$/);
    const row = await mailRow();
    expect(row).toMatchObject({ letter: "", done_at: test.clock.now() });
  });

  it("gives up at once where an address is refused for good", async () => {
    box.refuse(550);
    const { asks } = await somebody();
    await asks("/email/code", { email: "nobody@example.com" });
    await until(async () => (await mailRow())?.done_at !== null);
    expect(log).toHaveLength(1);
  });

  it("that hangs holds up nobody who talks", async () => {
    const silence = await openSilence();
    office.close();
    office = openOffice(silence.url);
    const { visitor, conversation, asks } = await somebody();
    const began = performance.now();
    for (let n = 0; n < 3; n++) expect((await asks("/email/code", { email: `v${n}@example.com` })).status).toBe(202);
    await until(() => silence.connections > 0);
    await says(visitor, "vera@example.com");
    await answers(conversation, "Still here", 20);
    await desk.asVisitor.execute(visitor, { type: "resolve", conversation });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await mailRow())?.done_at).toBeNull();
    office.close();
    await silence.close();
  });

  it("is erased with its visitor", async () => {
    box.refuse(450);
    const { visitor, asks } = await somebody();
    await asks("/email/code", { email: "vera@example.com" });
    await tried(1);
    await desk.erasure.erase(test.owner.actor, visitor.id);
    expect(await mailRow()).toBeUndefined();
  });
});

describe("a server without SMTP_URL", () => {
  it("hides everything mail", async () => {
    const ask = http(null as never);
    const { token } = await test.welcome();
    const config = await ask("GET", `/api/widget/${test.shop.publicKey}`, { headers: { origin: SHOP } });
    expect(config.body).not.toHaveProperty("mail");
    const code = await ask("POST", `/api/widget/${test.shop.publicKey}/email/code`, {
      headers: { origin: SHOP, authorization: `Bearer ${token}` },
      body: { email: "vera@example.com" },
    });
    expect(code.status).toBe(404);
    expect((await ask("GET", `/api/sites/${test.shop.id}/mail`, { as: test.owner.cookie })).body).toEqual({
      sends: false,
    });
    const with_ = await http()("GET", `/api/widget/${test.shop.publicKey}`, { headers: { origin: SHOP } });
    expect(with_.body).toMatchObject({ mail: true });
    expect(with_.body).not.toHaveProperty("hours");
  });
});

/** What has arrived, once nothing that was written is still on its way. */
async function sent(least = 0) {
  await until(async () => (await all()).every(({ done_at }) => done_at !== null));
  return box.until(least);
}

interface Row {
  letter: string;
  done_at: number | null;
  tries: number;
}

const all = () => test.store.read(async (db) => db.plain.all<Row>("select * from mail order by id"));
const mailRow = async () => (await all())[0];

const tried = (times: number) => until(async () => ((await mailRow())?.tries ?? 0) >= times);

async function until(holds: () => unknown) {
  const lost = performance.now() + 15_000;
  while (!(await holds())) {
    if (performance.now() > lost) throw new Error("It never came to this");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

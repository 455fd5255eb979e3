import type { ConversationId, EventId } from "../../protocol/index.ts";
import type { VisitorActor } from "../../server/desk/actors.ts";
import { createDesk } from "../../server/desk/desk.ts";
import { createHttp } from "../../server/http/app.ts";
import { alsoTo, createPostOffice, type PostOffice } from "../../server/mail/post-office.ts";
import { createSmtp } from "../../server/mail/smtp.ts";
import { mintId } from "../../server/store/ids.ts";
import { openDesk, SHOP, type TestDesk } from "./desk.ts";
import { createAsk } from "./http-desk.ts";
import { openPostbox, type Postbox, type Received } from "./postbox.ts";

/* A desk that sends mail, and the post box where all of it arrives. */

export const MAIL_HOST = "desk.example";
const WITHIN_MS = 15_000;

type Ask = ReturnType<typeof createAsk>;

export interface Somebody {
  visitor: VisitorActor;
  conversation: ConversationId;
  /** Asks over HTTP, as their browser. */
  asks(path: string, body?: unknown): ReturnType<Ask>;
}

/** A letter as it waits. */
export interface MailRow {
  letter: string;
  done_at: number | null;
  tries: number;
}

export interface MailDesk extends TestDesk {
  readonly box: Postbox;
  /** The one that works now. */
  readonly office: PostOffice;
  /** What it could not do. */
  readonly log: readonly unknown[];
  /** Another post office in place of the one before, as after a restart; it hands its letters in elsewhere where told. */
  reopenOffice(url?: string): void;
  /** With the post office, unless told that there is none. */
  http(mail?: PostOffice | null): Ask;
  /** Somebody who asked where their parcel is. */
  somebody(about?: { locale?: string; page?: string }): Promise<Somebody>;
  answers(conversation: ConversationId, text: string, seen?: number): Promise<unknown>;
  /** Leaves an address that nobody proved. */
  says(visitor: VisitorActor, email: string): Promise<unknown>;
  /** What has arrived, once nothing that was written is still on its way. */
  sent(least?: number): Promise<readonly Received[]>;
  /** The oldest letter. */
  mailRow(): Promise<MailRow | undefined>;
  /** Once that was tried so often. */
  tried(times: number): Promise<void>;
}

export async function openMailDesk(): Promise<MailDesk> {
  const test = await openDesk();
  const box = await openPostbox();
  const log: unknown[] = [];
  const { store, clock, audience } = test;
  const desk = createDesk({
    store,
    clock,
    publish: alsoTo(audience, () => office.publish),
    home: () => `https://${MAIL_HOST}`,
  });
  const openOffice = (url: string) => {
    const { sites, home } = desk;
    const carrier = createSmtp(url, () => MAIL_HOST);
    return createPostOffice({ store, clock, sites, carrier, home, log: (error) => log.push(error) });
  };
  let office = openOffice(box.url);

  const http = (mail: PostOffice | null = office) =>
    createAsk(
      createHttp(desk, {
        config: { limits: false, trustProxy: 0, publicUrl: undefined },
        log: { error: (about: unknown) => void test.errors.push(about) } as never,
        isHome: test.isHome,
        availability: () => ({ state: "away", agents: [] }),
        ready: () => true,
        mail: mail ?? undefined,
      }),
    );
  const all = () => store.read(async (db) => db.plain.all<MailRow>("select * from mail order by id"));
  const mailRow = async () => (await all())[0];

  return {
    ...test,
    desk,
    box,
    log,
    get office() {
      return office;
    },
    reopenOffice(url = box.url) {
      office.close();
      office = openOffice(url);
    },
    http,
    async somebody({ locale = "en", page = `${SHOP}/cart` } = {}) {
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
    },
    answers: (conversation, text, seen = 1) =>
      desk.asAgent.execute(test.owner.actor, { type: "post", conversation, id: mintId<EventId>(), text, seen }),
    says: (visitor, email) => desk.asVisitor.execute(visitor, { type: "contact", email }),
    async sent(least = 0) {
      await until(async () => (await all()).every(({ done_at }) => done_at !== null));
      return box.until(least);
    },
    mailRow,
    tried: (times) => until(async () => ((await mailRow())?.tries ?? 0) >= times),
    async close() {
      office.close();
      await box.close();
      await test.close();
    },
  };
}

/** The code in a letter; empty where there is none. */
export function codeIn(text: string | undefined): string {
  return /^\d{6}$/m.exec(text ?? "")?.[0] ?? "";
}

/** Waits until something holds. */
export async function until(holds: () => unknown): Promise<void> {
  const lost = performance.now() + WITHIN_MS;
  while (!(await holds())) {
    if (performance.now() > lost) throw new Error("It never came to this");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

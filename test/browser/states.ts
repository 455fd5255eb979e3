import type { BrowserContext } from "playwright-core";
import type { AgentActor } from "../../server/desk/actors.ts";
import { photo } from "../support/pictures.ts";
import { openPostbox, type Postbox } from "../support/postbox.ts";
import type { Agent } from "./agent.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/** What two people write while the widget is led through what it can show. */
export interface Talk {
  asks: string;
  question: string;
  answer: string;
  more: string;
  /** What is asked at another time. */
  later: string;
  comment: string;
}

/** In English, where it is all the same what they write. */
export const TALK: Talk = {
  asks: "my board is not detected",
  question: "Which screws fit the board, and are they in the box?",
  answer: "M3, 10 mm. They are in the bag with the feet.",
  more: "Found them, thank you.",
  later: "It is all there.",
  comment: "Quick and clear.",
};

/** `again` brings back what the panel puts away where it is drawn anew: in a window of another size. */
export type Look = (state: string, again?: () => Promise<void>) => Promise<void>;

/** A stage on which mail goes out, so that everything that needs mail is shown too. */
export interface Tour {
  readonly stage: Stage;
  readonly agent: Agent;
  /**
   * Leads the widget through its states and stops at each for a look, after which it must speak the visitor's language
   * again.
   */
  lead(visitor: Visitor, talk: Talk, look: Look): Promise<void>;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const EMOJI = ".emoji-place > button";
const UPLOADS = /\/api\/widget\/[^/]+\/files$/;
const PDF = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
/** No document, whatever it is called: the server looks at what it is. */
const PROGRAM = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]);

export async function openTour(): Promise<Tour> {
  const box: Postbox = await openPostbox();
  const stage = await openStage({ SMTP_URL: `${box.url}?from=help@shop.example` });
  const { desk } = stage.demo.server.app;
  const site = await desk.sites.byPublicKey(stage.demo.siteKey);
  const owner = (await desk.agents.ofSite(site.key)).find(({ role }) => role === "owner") as AgentActor;
  const agent = await stage.agent();

  /** Open always, or for two days of the week that are not today. */
  const open = (always: boolean) => {
    const [tomorrow, later] = [1, 3].map((days) => WEEKDAYS[(new Date().getUTCDay() + days) % 7] ?? "mon");
    const hours = [{ from: "09:00", to: "17:30" }];
    const closed = { zone: "UTC", week: { [`${tomorrow}`]: hours, [`${later}`]: hours } };
    return desk.sites.change(owner, site.id, { hours: always ? null : closed });
  };
  /** Who came last has waited for longer than they have. */
  const minutesPass = async (minutes: number) => {
    const sql = `update conversation set waiting_since = waiting_since - ?
      where id = (select max(id) from conversation where waiting_since is not null)`;
    await desk.store.write(async (db) => void (await db.plain.run(sql, minutes * MINUTE_MS)));
    await desk.attendance.refresh();
  };

  return {
    stage,
    agent,
    async lead(visitor, { asks, question, answer, more, later, comment }, look) {
      const { say, panel, page } = visitor;
      const trouble = await troubled(page.context());
      // By what they are: they may speak another language just now.
      const shows = (part: string, opener: string) => async () => {
        const shown = visitor.widget.locator(part);
        if (!(await shown.isVisible())) await visitor.widget.locator(opener).click();
        await shown.waitFor();
      };
      const menu = shows("[role=menu]", "[aria-haspopup=menu]");
      /** By the paper clip, in the browser's own picker. */
      const choose = async (name: string, mimeType: string, buffer: Buffer) => {
        const picker = page.waitForEvent("filechooser");
        await visitor.presses("composer.attach");
        await (await picker).setFiles({ name, mimeType, buffer });
      };

      await open(false);
      // Who has not written yet hears of it with the next page.
      await page.reload();
      await visitor.rings();
      await visitor.sees(say("away.body"));
      await visitor.sees(say("suggest.title"));
      await look("away");
      await open(true);
      await page.reload();
      await visitor.rings();
      await visitor.sees(say("suggest.title"));
      await look("home");
      await visitor.composer.fill(asks);
      await visitor.answers.first().waitFor();
      await look("typing");
      await visitor.answers.first().click();
      await visitor.sees(say("article.helpful"));
      await look("article");
      await visitor.presses("back");
      await visitor.composer.fill("qqqq zzzz xxxx vvvv");
      await visitor.sees(say("search.none"));
      await look("nothing found");
      await visitor.composer.fill(question);
      await visitor.sendsToAPerson();
      await visitor.bubble(question).getByText(say("msg.sent")).waitFor();
      await visitor.sees(say("queue.ahead"));
      await look("waiting");
      await minutesPass(6);
      await visitor.sees(say("queue.busy"));
      await look("busy");
      await visitor.presses("queue.leave");
      await visitor.sees(say("away.ask"));
      await look("email asked");
      await panel.getByRole("textbox", { name: say("form.email") }).fill("vera@");
      await visitor.presses("form.save");
      await visitor.sees(say("form.emailBad"));
      await look("email wrong");
      await minutesPass(25);
      await visitor.sees(say("queue.busy"));
      await look("line ended");

      await agent.opens(question);
      await agent.answers(answer);
      await visitor.bubble(answer).waitFor();
      await visitor.composer.fill(more);
      await visitor.presses("composer.send");
      await visitor.bubble(more).getByText(say("msg.seen")).waitFor();
      await look("talking");
      await menu();
      await look("menu", menu);
      await menu();
      await panel.getByRole("menuitem", { name: say("transcript") }).click();
      await visitor.sees(say("transcript.why"));
      await look("transcript");
      await visitor.presses("menu");
      // Phones bring an emoji keyboard of their own.
      if (await panel.locator(EMOJI).isVisible()) {
        const emoji = shows(".emoji-grid", EMOJI);
        await emoji();
        await look("emoji", emoji);
        await emoji();
        await panel.locator(EMOJI).click();
      }

      await choose("board.jpg", "image/jpeg", await photo({ width: 360, height: 480 }));
      await choose("receipt-10021.pdf", "application/pdf", PDF);
      await choose("everything.csv", "text/csv", Buffer.alloc(10_000_001, "a"));
      await panel.locator(".staged .file.is-failed").waitFor();
      await look("files chosen");
      await panel.getByRole("button", { name: say("file.remove").replace("{name}", "everything.csv") }).click();
      await page.context().route(UPLOADS, (route) => route.request().method() !== "POST" && route.continue());
      await visitor.presses("composer.send");
      await panel.locator(".picture.is-going .progress").waitFor();
      await look("files going");
      // First taken back: what is held goes on where nobody holds it.
      await visitor.presses("file.cancel");
      await page.context().unroute(UPLOADS);
      await panel.locator(".staged .file, .is-going").first().waitFor({ state: "detached" });
      await choose("board.jpg", "image/jpeg", await photo({ width: 360, height: 480 }));
      await choose("receipt-10021.pdf", "application/pdf", PDF);
      await visitor.presses("composer.send");
      await panel.locator("button.picture img").waitFor();
      await panel.getByText("receipt-10021").last().waitFor();
      await panel.locator(".msg.is-out").last().getByText(say("msg.seen")).waitFor();
      await look("files sent");
      await panel.locator("button.picture").click();
      await visitor.widget.locator("dialog.viewer").waitFor();
      await look("picture");
      await visitor.widget.locator(".viewer-bar button").click();
      await choose("invoice.pdf", "application/pdf", PROGRAM);
      await visitor.presses("composer.send");
      await visitor.sees(say("file.type"));
      await look("file refused");
      await panel.getByRole("button", { name: say("msg.refused") }).click();

      trouble.on = true;
      await visitor.composer.fill(later);
      await visitor.presses("composer.send");
      await visitor.sees(say("msg.failed"));
      await look("not sent");
      trouble.on = false;
      // It goes by itself at the next try.
      await visitor.bubble(later).getByText(say("msg.seen")).waitFor();
      await visitor.presses("close");
      await agent.answers(answer);
      await visitor.widget.locator(".launcher-badge:not([hidden])").waitFor();
      await look("unread");
      await visitor.rings();
      await visitor.presses("back");
      await panel.locator(".resume").waitFor();
      await look("home again");
      await panel.locator(".resume").click();
      await visitor.bubble(answer).last().waitFor();
      await page.context().setOffline(true);
      await visitor.sees(say("conn.offline"));
      await look("offline");
      await page.context().setOffline(false);
      await panel.getByText(say("conn.offline")).waitFor({ state: "detached" });

      await agent.resolves();
      await visitor.sees(say("resolved.ask"));
      await look("solved?");
      await visitor.presses("resolved.no");
      await visitor.sees(say("reopened"));
      await look("reopened");
      await menu();
      await panel.getByRole("menuitem", { name: say("chat.solved") }).click();
      await visitor.sees(say("rate.ask"));
      await panel.getByRole("radio").nth(3).click();
      await look("rating");
      await visitor.presses("rate.next");
      await visitor.sees(say("rate.reasons"));
      await visitor.presses("reason.answer");
      await panel.getByLabel(say("rate.comment")).fill(comment);
      await look("reasons");
      await visitor.presses("rate.send");
      await visitor.sees(say("rate.thanksTitle"));
      await look("thanks");

      await visitor.presses("back");
      await visitor.composer.fill(later);
      await visitor.sendsToAPerson();
      await visitor.bubble(later).getByText(say("msg.sent")).waitFor();
      await menu();
      await panel.getByRole("menuitem", { name: say("chat.previous") }).click();
      await panel.locator(".rows .row").nth(1).waitFor();
      await look("previous");
      await agent.opens(later);
      await agent.resolves();
    },
    async close() {
      await stage.close();
      await box.close();
    },
  };
}

/** While it is `on`, every message is answered as a server in trouble answers. For sockets that are opened after this. */
async function troubled(context: BrowserContext): Promise<{ on: boolean }> {
  const trouble = { on: false };
  const fault = { code: "unavailable", message: "Try again", retry: "after", afterMs: 300 };
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((packet) => {
      const asked = /^42(\/\w+,\d+)\["command",\{"type":"post"/.exec(String(packet))?.[1];
      if (trouble.on && asked) socket.send(`43${asked}${JSON.stringify([{ ok: false, fault }])}`);
      else server.send(packet);
    });
  });
  return trouble;
}

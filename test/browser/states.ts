import type { AgentActor } from "../../server/desk/actors.ts";
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
  comment: string;
}

/** `again` brings back what the panel puts away where it is drawn anew: in a window of another size, in another language. */
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

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

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

  return {
    stage,
    agent,
    async lead(visitor, { asks, question, answer, more, comment }, look) {
      const { say, panel, page } = visitor;
      const menu = async () => {
        const shown = visitor.widget.locator("[role=menu]");
        // By what it is: it may speak another language just now.
        if (!(await shown.isVisible())) await visitor.widget.locator("[aria-haspopup=menu]").click();
        await shown.waitFor();
      };

      await open(false);
      await visitor.rings();
      await visitor.sees(say("away.body"));
      await look("away");
      await open(true);
      // Who has not written yet hears of it with the next page.
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
      await visitor.presses("queue.leave");
      await visitor.sees(say("away.ask"));
      await look("email asked");
      await panel.getByRole("textbox", { name: say("form.email") }).fill("vera@");
      await visitor.presses("form.save");
      await visitor.sees(say("form.emailBad"));
      await look("email wrong");

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
      await visitor.presses("back");
      await panel.locator(".resume").waitFor();
      await visitor.composer.fill("");
      await look("home again");
      await panel.locator(".resume").click();
      await visitor.bubble(answer).waitFor();
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
    },
    async close() {
      await stage.close();
      await box.close();
    },
  };
}

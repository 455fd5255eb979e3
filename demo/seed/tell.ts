import { SignJWT } from "jose";
import type { ArticleId, Conversation, ConversationId, EventId } from "../../protocol/index.ts";
import type { AgentActor, VisitorActor } from "../../server/desk/actors.ts";
import type { DeskCommand } from "../../server/desk/conversations/agent-commands.ts";
import type { Desk } from "../../server/desk/desk.ts";
import type { Site } from "../../server/desk/sites/sites.ts";
import { mintId } from "../../server/store/ids.ts";
import type { Step, Story, Who } from "./story.ts";

const MINUTE_MS = 60_000;

export interface Scene {
  desk: Desk;
  site: Site;
  /** What the desk takes for now, in milliseconds. */
  clock: { at: number };
  people: Record<Who, AgentActor>;
  /** Ids by title. */
  articles: ReadonlyMap<string, ArticleId>;
  shopUrl: string;
}

/** Lets a story happen by real commands, at the times it tells. `now` is the time it is told, in milliseconds. */
export async function tell(scene: Scene, story: Story, now: number): Promise<void> {
  const { desk, clock, people } = scene;
  const began = now - story.ago * MINUTE_MS;
  clock.at = began;
  const visitor = await arrive(scene, story);
  const id = mintId<ConversationId>(began);
  for (const step of story.steps) {
    clock.at = began + step.after * MINUTE_MS;
    if ("who" in step && step.who) {
      const { conversation } = (await desk.asAgent.execute(people.mara, { type: "open", conversation: id })) as {
        conversation: Conversation;
      };
      for (const command of agentCommands(scene, step, conversation)) {
        await desk.asAgent.execute(people[step.who], command);
      }
    } else await visitorStep(scene, story, step, visitor, id);
  }
}

async function arrive({ desk, site, clock }: Scene, { visitor }: Story): Promise<VisitorActor> {
  const { name, email, tier } = visitor;
  const identity =
    tier &&
    (await new SignJWT({ tier, ...(name && { name }), ...(email && { email }) })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(`customer-${email ?? name}`)
      .setExpirationTime(Math.floor(clock.at / 1000) + 600)
      .sign(new TextEncoder().encode(site.secret)));
  const welcomed = await desk.visitors.identify(site, { identity });
  if (!identity && name) return desk.visitors.contact(welcomed.visitor, { name, email });
  return welcomed.visitor;
}

async function visitorStep(
  scene: Scene,
  { page: [path, title], locale, steps }: Story,
  step: Step,
  visitor: VisitorActor,
  conversation: ConversationId,
): Promise<void> {
  const { asVisitor } = scene.desk;
  if ("says" in step && !("who" in step)) {
    const shown = step.shown?.map((each) => articleId(scene, each));
    await asVisitor.execute(visitor, {
      type: "post",
      conversation,
      id: mintId<EventId>(scene.clock.at),
      text: step.says,
      page: { url: scene.shopUrl + path, title },
      locale,
      ...(shown && { asked: { q: step.says, shown } }),
    });
  }
  if ("resolves" in step) await asVisitor.execute(visitor, { type: "resolve", conversation });
  if ("reads" in step) {
    const { head } = (await asVisitor.execute(visitor, { type: "sync", conversation, after: 0 })) as { head: number };
    await asVisitor.execute(visitor, { type: "read", conversation, seq: head });
  }
  if ("rates" in step) {
    const ends = steps.slice(0, steps.indexOf(step)).filter((before) => "resolves" in before);
    await asVisitor.execute(visitor, { type: "rate", conversation, episode: ends.length, ...step.rates });
  }
}

/** What an agent's step asks of the desk; whoever writes has read what was there. */
function agentCommands(scene: Scene, step: Step, { id: conversation, head, assignee }: Conversation): DeskCommand[] {
  const id = mintId<EventId>(scene.clock.at);
  const read: DeskCommand = { type: "read", conversation, seq: head.talk };
  if ("says" in step) {
    const article = "article" in step && step.article ? { article: articleId(scene, step.article) } : {};
    return [read, { type: "post", conversation, id, text: step.says, seen: head.talk, ...article }];
  }
  if ("notes" in step) {
    const mentions = step.mentions?.map((who) => scene.people[who].id);
    return [read, { type: "note", conversation, id, text: step.notes, ...(mentions && { mentions }) }];
  }
  if ("tags" in step) return [{ type: "tag", conversation, add: step.tags }];
  if ("assigns" in step) {
    const agent = step.assigns && scene.people[step.assigns].id;
    return [{ type: "assign", conversation, agent, was: assignee?.id ?? null }];
  }
  if ("snoozesFor" in step) {
    const until = new Date(scene.clock.at + step.snoozesFor * MINUTE_MS).toISOString();
    return [{ type: "snooze", conversation, until }];
  }
  return "resolves" in step ? [read, { type: "resolve", conversation }] : [read];
}

function articleId({ articles }: Scene, title: string): ArticleId {
  const id = articles.get(title);
  if (!id) throw new Error(`The demo's help centre has no article "${title}"`);
  return id;
}

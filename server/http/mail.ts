import { Hono } from "hono";
import { html } from "hono/html";
import * as v from "valibot";
import { Email } from "../../protocol/command.ts";
import { Refusal, refuse } from "../../protocol/index.ts";
import type { Desk } from "../desk/desk.ts";
import type { Accounts } from "../desk/people/accounts.ts";
import type { PostOffice } from "../mail/post-office.ts";
import { mailLocale, mailSentences } from "../mail/sentences.ts";
import { networkFrom } from "./address.ts";
import { bearerOf } from "./auth.ts";
import { conversationId } from "./conversations.ts";
import { body, describes } from "./describe.ts";
import type { HttpEnv } from "./env.ts";
import type { RouteParts } from "./parts.ts";

const Locale = v.optional(v.pipe(v.string(), v.maxLength(35)));
const Zone = v.optional(v.pipe(v.string(), v.maxLength(60)));
const Sent = v.object({ email: v.string() });

/**
 * Under `/api/widget/:key`: a visitor proves that an address is theirs, and has a conversation mailed to it. Refused as
 * `not-found` where this server sends no mail.
 */
export function createWidgetMailRoutes({ visitors }: Pick<Accounts, "visitors">, parts: RouteParts): Hono<HttpEnv> {
  const tags = ["Widget"];
  const asVisitor = async (c: Parameters<typeof bearerOf>[0]) => {
    const token = bearerOf(c) ?? refuse("unauthorized", "Send Authorization: Bearer vt_…");
    return visitors.recognise(c.get("site"), token);
  };
  return new Hono<HttpEnv>()
    .post(
      "/email/code",
      describes("Sends a code to an address that the visitor says is theirs", { 202: Sent }, { tags }),
      body(v.object({ email: Email, locale: Locale })),
      async (c) => {
        const visitor = await asVisitor(c);
        const office = officeOf(parts);
        const { email, locale } = c.req.valid("json");
        await parts.limits.take("mail", networkFrom(c, parts.trustProxy));
        await office.sendCode(c.var.site, visitor, email, mailLocale([locale]));
        return c.json({ email }, 202);
      },
    )
    .post(
      "/email/confirm",
      describes("Proves an address by the code that was sent there", { 200: Sent }, { tags }),
      body(v.object({ code: v.pipe(v.string(), v.trim(), v.regex(/^\d{6}$/, "expected six digits")) })),
      async (c) => {
        const visitor = await asVisitor(c);
        const office = officeOf(parts);
        const { email } = await office.enter(visitor, c.req.valid("json").code);
        await visitors.contact(visitor, { email });
        return c.json({ email });
      },
    )
    .post(
      "/conversations/:id/transcript",
      describes("Mails a conversation to the visitor's own, proved address", { 202: Sent }, { tags }),
      body(v.object({ locale: Locale, zone: Zone })),
      async (c) => {
        const visitor = await asVisitor(c);
        const office = officeOf(parts);
        const { locale, zone } = c.req.valid("json");
        const reader = { locale: mailLocale([locale]), zone };
        return c.json(await office.sendTranscript(c.var.site, visitor, conversationId(c.req.param("id")), reader), 202);
      },
    );
}

/** `/api/sites/:id/mail`: whether mail goes out, from which address, and whether it arrives. */
export function createSiteMailRoutes({ sites }: Pick<Accounts, "sites">, parts: RouteParts): Hono<HttpEnv> {
  const State = v.object({ sends: v.boolean(), from: v.optional(v.string()) });
  return new Hono<HttpEnv>()
    .get("/:id/mail", describes("Whether this server sends mail, and from where", { 200: State }), async (c) => {
      await sites.forAgent(c.var.agent, c.req.param("id"));
      return c.json(parts.mail ? { sends: true, from: parts.mail.from } : { sends: false });
    })
    .post("/:id/mail/test", describes("Sends a test to my own address", { 202: Sent }), async (c) => {
      await officeOf(parts).test(c.var.agent, c.req.param("id"));
      return c.json({ email: c.var.agent.email }, 202);
    });
}

/** `/mail/stop/…`: the link at the foot of a notice. A program that only looks at links stops nothing. */
export function createStopRoutes({ sites }: Pick<Desk, "sites">, parts: RouteParts): Hono<HttpEnv> {
  /** Nothing, where a mail program has cut the link off. */
  const read = async (c: { req: { param(name: string): string | undefined } }) => {
    try {
      const site = await sites.byPublicKey(c.req.param("site") ?? "");
      const address = officeOf(parts).stops.read(site, c.req.param("to") ?? "", c.req.param("signature") ?? "");
      return { site, address };
    } catch (error) {
      if (error instanceof Refusal && error.fault.code === "not-found") return undefined;
      throw error;
    }
  };
  const t = (c: { req: { header(name: string): string | undefined } }) => {
    const locale = mailLocale((c.req.header("accept-language") ?? "").split(/[,;]/).map((tag) => tag.trim()));
    return { locale, t: mailSentences(locale) };
  };
  return new Hono<HttpEnv>()
    .get("/stop/:site/:to/:signature", async (c) => {
      const link = await read(c);
      const { locale, t: words } = t(c);
      if (!link) return c.html(page(locale, html`<p>${words.stopBad}</p>`), 404);
      const { site, address } = link;
      return c.html(
        page(
          locale,
          html`<p>${words.stopAsk(address, site.name)}</p><form method="post"><button>${words.stopYes}</button></form>`,
        ),
      );
    })
    .post("/stop/:site/:to/:signature", async (c) => {
      const link = await read(c);
      const { locale, t: words } = t(c);
      if (!link) return c.html(page(locale, html`<p>${words.stopBad}</p>`), 404);
      await officeOf(parts).stops.stop(link.site, link.address);
      return c.html(page(locale, html`<p>${words.stopDone}</p>`));
    });
}

function officeOf({ mail }: RouteParts): PostOffice {
  return mail ?? refuse("not-found", "This server sends no mail");
}

function page(locale: string, content: unknown) {
  return html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>Deskbell</title></head><body>${content}</body></html>`;
}

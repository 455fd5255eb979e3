import { afterAll, beforeAll, expect, test } from "vitest";
import { HOME } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { photo } from "../../test/support/pictures.ts";
import { sendForm } from "../../test/support/uploads.ts";

let desk: HttpDesk;
let key: string;
let path: string;
const TRIED_ON = "http://localhost:3000";

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("owner");
  const sent = { bytes: await photo(), name: "board.jpg" };
  const authorization = { authorization: `Bearer ${key}` };
  const { body } = await sendForm(desk.app, `/api/sites/${desk.shop.id}/files?for=article`, sent, authorization);
  path = body.file.url.slice(HOME.length);
});
afterAll(() => desk.close());

/** What three readers of a text are sent: of a help page, of the widget, and of a preview. */
async function shown(text: string): Promise<string[]> {
  const input = { title: "A board", body: text, locale: "en", visibility: "public", state: "published" } as const;
  const { id, slug } = await desk.desk.articles.create(desk.owner.actor, desk.shop.id, input);
  const shop = desk.shop.publicKey;
  const page = await desk.ask<string>("GET", `/help/${shop}/en/${slug}`);
  const article = await desk.ask("GET", `/api/widget/${shop}/articles/${id}`, { headers: { origin: HOME } });
  const preview = await desk.ask("POST", "/api/preview", { as: key, body: { body: text } });
  return [page.body, JSON.stringify(article.body.body), JSON.stringify(preview.body.body)];
}

test("a picture that was uploaded where the server was tried is shown from where it stands today, as is a link to it", async () => {
  const old = `${TRIED_ON}${path}`;
  for (const text of await shown(`> ![Board](${old})\n\n- **[the same](${old})**`)) {
    expect(text.split(`"${HOME}${path}"`)).toHaveLength(3);
    expect(text).not.toContain(TRIED_ON);
  }
});

test("a file that only looks like one of ours stays where it is: another server's, a longer address, words", async () => {
  const forged = path.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  const others = [`https://other.example${forged}`, `https://other.example${path}/more`];
  const text = others.map((address) => `![Theirs](${address})`).join("\n\n");
  for (const sent of await shown(`${text}\n\n\`${TRIED_ON}${path}\``))
    for (const address of [...others, `${TRIED_ON}${path}`]) expect(sent).toContain(address);
});

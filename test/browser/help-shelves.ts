import { agentsOfKind } from "../../server/store/agents.ts";
import type { Stage } from "./stage.ts";
import type { Language } from "./visitor.ts";

/** A beginner's way through the demo's articles, in each of its languages. */
export const FIRST_STEPS: Record<Language, { name: string; path: string; titles: readonly string[] }> = {
  en: {
    name: "First steps",
    path: "/en/collections/first-steps",
    titles: [
      "Select board and port in Arduino IDE",
      "Upload a sketch in Arduino IDE",
      "If your board is not detected by Arduino IDE",
    ],
  },
  "zh-Hans": {
    name: "新手入门",
    path: `/zh-Hans/collections/${encodeURIComponent("新手入门")}`,
    titles: ["新手应该选哪块开发板", "电脑识别不到开发板", "程序上传失败怎么办"],
  },
};

/** Puts articles of the demo in an order, as its owner would. */
export async function collectFirstSteps(stage: Stage): Promise<void> {
  const { desk, site, owner } = await ownerOf(stage);
  const { entries } = await desk.helpCentre.shelf(site);
  for (const { name, titles } of Object.values(FIRST_STEPS)) {
    const articles = titles.map((title) => entries.find((entry) => entry.title === title)?.id ?? title);
    await desk.collections.create(owner, site.id, { name, visibility: "public", articles });
  }
}

const LONG = "https://shop.example/a-very-long-address-without-any-place-to-break-it/".repeat(4);
const TABLE = `| a column | ${"another column ".repeat(6)} |\n| --- | --- |\n| ${"word".repeat(30)} | 1 |`;
const CODE = `\`\`\`\n${"a line of code that goes on and on ".repeat(6)}\n\`\`\``;

/** Publishes an article of long words, tables and code, at the top and deep in lists. Resolves to its path. */
export async function writeWide(stage: Stage): Promise<string> {
  const { desk, site, owner } = await ownerOf(stage);
  const item = [`3. ${LONG}`, CODE, TABLE, "- below", TABLE, CODE].join("\n\n").replaceAll("\n", "\n   ");
  const body = [LONG, TABLE, CODE, item, `> ${LONG}`, `**${LONG}** and \`${LONG}\``].join("\n\n");
  const open = { visibility: "public", state: "published" } as const;
  const { slug } = await desk.articles.create(owner, site.id, { title: "A wide one", body, locale: "en", ...open });
  return `/en/${slug}`;
}

async function ownerOf({ demo }: Stage) {
  const { desk } = demo.server.app;
  const site = await desk.sites.byPublicKey(demo.siteKey);
  const people = await desk.store.read((db) => agentsOfKind(db, "person"));
  const owner = await desk.agents.byKey(people.find(({ role }) => role === "owner")?.id ?? 0);
  if (!owner) throw new Error("The demo has no owner");
  return { desk, site, owner };
}

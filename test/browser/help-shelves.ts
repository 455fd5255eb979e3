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
export async function collectFirstSteps({ demo }: Stage): Promise<void> {
  const { desk } = demo.server.app;
  const site = await desk.sites.byPublicKey(demo.siteKey);
  const people = await desk.store.read((db) => agentsOfKind(db, "person"));
  const owner = await desk.agents.byKey(people.find(({ role }) => role === "owner")?.id ?? 0);
  if (!owner) throw new Error("The demo has no owner");
  const { entries } = await desk.helpCentre.shelf(site);
  for (const { name, titles } of Object.values(FIRST_STEPS)) {
    const articles = titles.map((title) => entries.find((entry) => entry.title === title)?.id ?? title);
    await desk.collections.create(owner, site.id, { name, visibility: "public", articles });
  }
}

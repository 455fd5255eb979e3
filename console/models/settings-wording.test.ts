import { describe, expect, it } from "vitest";
import { LOCALES } from "../../ui/locale.ts";
import { english, partsOf } from "../../ui/wording.ts";
import { faultsOf, linesOf, localesOf, matching, PLACES, placeOf, tableOf, tidy } from "./settings-wording.ts";

const linesIn = async (locale: (typeof LOCALES)[number]) => linesOf(locale, await tableOf(locale), english);

describe("the widget's sentences, as an owner sees them", () => {
  it("all appear somewhere, each once, with the forms that its language has", async () => {
    for (const key of Object.keys(english)) expect(placeOf(key), key).toBeDefined();
    for (const locale of LOCALES) {
      const lines = await linesIn(locale);
      const keys = PLACES.flatMap((place) => lines[place].map(({ key }) => key));
      const table = Object.keys(await tableOf(locale));
      // In Russian and Arabic some sentences are read in their forms only.
      const unread = table.filter(
        (key) => !keys.includes(key) && table.some((form) => partsOf(form).sentence === key && form !== key),
      );
      expect([...keys, ...unread].toSorted(), locale).toEqual(table.toSorted());
    }
  });

  it("say for which numbers each form is", async () => {
    const { home } = await linesIn("ru");
    const of = (form?: string) =>
      home.find(({ key }) => partsOf(key).sentence === "launcher.unread" && partsOf(key).form === form)?.numbers;
    expect(["one", "few", "many"].map(of)).toEqual(["1, 21, 31, 41 …", "2, 3, 4, 22 …", "0, 5, 6, 7 …"]);
    expect(of()).toBeUndefined();
    expect((await linesIn("de")).home.every(({ numbers }) => numbers === undefined)).toBe(true);
  });

  it("are found by our words, by those of the console's language and by the owner's", async () => {
    const lines = await linesIn("zh-Hans");
    const found = (query: string, onlyOwn = false) => {
      const shown = matching(lines, query, { back: "回去" }, onlyOwn);
      return PLACES.flatMap((place) => shown[place].map(({ key }) => key));
    };
    expect(found("返回")).toEqual(["back"]);
    expect(found("回去")).toEqual(["back"]);
    expect(found("usually replies")).toEqual(["status.reply"]);
    expect(found("", true)).toEqual(["back"]);
    expect(found("no such words")).toEqual([]);
  });

  it("are kept only where they differ from ours", async () => {
    const own = { back: " Back ", close: "Shut ", menu: "  " };
    expect(tidy(own, await linesIn("en"))).toEqual({ close: "Shut" });
    expect(faultsOf("en", { close: "Shut", "agent.joined": "Joined" })).toEqual({ "agent.joined": "blanks" });
  });

  it("begin with the site's own languages, in its order", () => {
    expect(localesOf(["zh-Hans", "nl", "en"]).slice(0, 3)).toEqual(["zh-Hans", "en", "zh-Hant"]);
    expect(localesOf([])).toHaveLength(LOCALES.length);
  });
});

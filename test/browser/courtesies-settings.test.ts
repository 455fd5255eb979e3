import { afterAll, beforeAll, expect, test } from "vitest";
import { openPostbox, type Postbox } from "../support/postbox.ts";
import type { Agent } from "./agent.ts";
import { picture } from "./picture.ts";
import { openStage, type Stage } from "./stage.ts";

let box: Postbox;
let stage: Stage;
let agent: Agent;

beforeAll(async () => {
  box = await openPostbox();
  stage = await openStage({ SMTP_URL: `${box.url}?from=help@shop.example` });
  agent = await stage.agent({ timezoneId: "Europe/Berlin" });
}, 120_000);
afterAll(async () => {
  await stage?.close();
  await box?.close();
});

const settings = () => stage.demo.server.app.desk.sites.byPublicKey(stage.demo.siteKey).then((site) => site.settings);

test("an owner sets hours and holidays, sees at once what a visitor would read, and it is so", async () => {
  const { page, say } = agent;
  await page.goto(`${stage.demo.server.url}/console/settings/hours`);
  await page.getByText(say.hoursSome).click();
  await page.getByLabel(say.hoursZone).selectOption("Asia/Tokyo");
  await page.getByLabel(say.opensAt("Monday")).fill("00:00");
  await page.getByLabel(say.closesAt("Monday")).fill("00:01");
  await page.getByRole("button", { name: say.copyMonday }).click();
  expect(await page.getByLabel(say.closesAt("Friday")).inputValue()).toBe("00:01");
  const preview = page.locator(".once");
  await preview.getByText(/^Back \w+/).waitFor();
  await page.getByLabel(say.holidayName).fill("New Year");
  await page.getByLabel(say.holidayFrom).fill("2027-01-01");
  await page.getByLabel(say.holidayUntil).fill("2027-01-03");
  await page.getByRole("button", { name: say.addHoliday }).click();
  await page.getByText("1 Jan 2027 – 3 Jan 2027").first().waitFor();
  await page.getByLabel(say.patienceApologise).fill("3");
  await picture(page, "courtesies-hours");
  await page.getByRole("button", { name: say.save, exact: true }).click();
  await page.locator(".toast", { hasText: say.saved }).first().waitFor();
  const minute = [{ from: "00:00", to: "00:01" }];
  expect(await settings()).toMatchObject({
    hours: {
      zone: "Asia/Tokyo",
      week: { mon: minute, fri: minute },
      holidays: [{ date: "2027-01-01", until: "2027-01-03", name: "New Year" }],
    },
    patience: { apologise: 3, warn: 25, end: 30 },
  });

  const visitor = await stage.visitor("en", "/contact");
  await visitor.rings();
  await visitor.sees(/^Back /);
  await visitor.page.context().close();

  await page.getByText(say.hoursAlways).click();
  await preview.getByText(say.previewOnline).waitFor();
  await page.getByRole("button", { name: say.save, exact: true }).click();
  await expect.poll(async () => (await settings()).hours).toBeNull();
});

test("an owner sees where mail comes from, and that it arrives", async () => {
  const { page, say } = agent;
  await page.goto(`${stage.demo.server.url}/console/settings/mail`);
  await page.getByText(say.mailFrom("help@shop.example")).waitFor();
  await page.getByLabel(say.mailReplyTo).fill("team@shop.example");
  await page.getByLabel(say.mailNotice).fill("15");
  await page.getByRole("button", { name: say.save, exact: true }).click();
  await page.locator(".toast", { hasText: say.saved }).first().waitFor();
  expect((await settings()).mail).toEqual({ replyTo: "team@shop.example", noticeAfter: 15 });
  await page.getByRole("button", { name: say.mailTest }).click();
  await page.locator(".toast", { hasText: say.mailTested }).first().waitFor();
  const arrived = () => box.received.find(({ headers }) => headers.get("subject")?.endsWith("arrives"));
  await expect.poll(arrived).toBeDefined();
  expect(arrived()?.headers.get("reply-to")).toContain("team@shop.example");
  await picture(page, "courtesies-mail");
});

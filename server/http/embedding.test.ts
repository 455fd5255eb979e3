import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOME } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let desk: HttpDesk;
beforeAll(async () => {
  desk = await openHttpDesk();
});
afterAll(() => desk.close());

const NAMES = readdirSync(join(import.meta.dirname, "../../docs/embedding")).map((file) => file.replace(/\.md$/, ""));

test.each(NAMES)("The page %s says this server's address, and all its links lead somewhere", async (name) => {
  const page = await desk.app.request(`/docs/embedding/${name}`);
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).not.toContain("https://HELP");
  expect(text).not.toMatch(/\.md["#]/);
  const links = [...text.matchAll(/href="([^"#]+)/g)]
    .map(([, href = ""]) => href)
    .filter((href) => !href.startsWith("data:"));
  for (const href of links.filter((one) => one.startsWith("/") || one.startsWith(HOME)))
    expect((await desk.app.request(new URL(href, HOME).pathname)).status, href).toBe(200);
});

test("There is no other page", async () => {
  for (const path of ["nothing", "..%2Fdecisions", "README.md"])
    expect((await desk.app.request(`/docs/embedding/${path}`)).status, path).toBe(404);
  expect((await desk.app.request("/docs/embedding")).headers.get("location")).toBe("/docs/embedding/README");
});

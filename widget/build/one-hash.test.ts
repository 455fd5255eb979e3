import { expect, test } from "vitest";
import { nameByContent } from "./one-hash.ts";

function named(...files: [name: string, code: string][]) {
  const chunks = files.map(([name, code]) => ({ fileName: `assets/${name}-unhashed.js`, code }));
  nameByContent(chunks);
  return chunks;
}

test("all files bear one hash, and import each other by it", () => {
  const [app, chat] = named(["app", "export{a}"], ["chat", 'import{a}from"./app-unhashed.js"']);
  expect(app?.fileName).toMatch(/^assets\/app-[\w-]{8}\.js$/);
  expect(chat?.fileName).toBe(app?.fileName.replace("app", "chat"));
  expect(`assets/${chat?.code.split("/")[1]?.slice(0, -1)}`).toBe(app?.fileName);
});

test("every name is another where one byte of any file is, or its name", () => {
  const [before, ...others] = [
    named(["app", "app()"], ["de", "sentences"]),
    named(["app", "app()"], ["de", "sentenceS"]),
    named(["app", "App()"], ["de", "sentences"]),
    named(["app", "app()"], ["fr", "sentences"]),
  ].map(([app]) => app?.fileName);
  expect(others).not.toContain(before);
  expect(new Set(others).size).toBe(3);
  expect(named(["app", "app()"], ["de", "sentences"])[0]?.fileName).toBe(before);
});

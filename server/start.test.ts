import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { sentenceFor, start } from "./start.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const said = (env: Record<string, string>) =>
  start({ env: { PORT: "0", HOST: "127.0.0.1", DATA_DIR: folder, ...env }, log: pino({ level: "silent" }) }).then(
    async ({ close }) => {
      await close();
      return "It started";
    },
    sentenceFor,
  );

describe("An environment that is wrong is refused in one sentence that names the variable", () => {
  test.each([
    ["HOST", { HOST: "nowhere.invalid" }],
    ["HOST", { HOST: "192.0.2.1" }],
    ["SMTP_URL", { SMTP_URL: "smtp://" }],
    ["SMTP_URL", { SMTP_URL: "smtp:host" }],
    ["REDIS_URL", { REDIS_URL: "redis:///0" }],
    ["PUBLIC_URL", { PUBLIC_URL: "https://" }],
  ])("%s: %j", async (name, env) => {
    expect(await said(env)).toMatch(new RegExp(`^(?=.*\\b${name}\\b)[^\\n]+\\.$`));
  });

  test("DATA_DIR: a file, below a file, and a folder in which nothing can be kept", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    mkdirSync(join(folder, "odd", "server.lock"), { recursive: true });
    for (const dir of [file, join(file, "below"), join(folder, "odd")]) {
      expect(await said({ DATA_DIR: dir })).toMatch(
        /^Cannot keep anything in [^\n]+ Set DATA_DIR to another folder\.$/,
      );
    }
  });
});

test("What is right is taken", () => {
  const { smtpUrl, redisUrl } = readConfig({ SMTP_URL: "smtp://localhost:25", REDIS_URL: "redis://localhost" });
  expect([smtpUrl, redisUrl]).toEqual(["smtp://localhost:25", "redis://localhost"]);
});

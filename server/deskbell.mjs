#!/usr/bin/env node
// The command line. Plain words that any Node can read, so that an old one says so instead of failing on a file it
// cannot parse.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const USAGE = `deskbell start              runs the server, as the environment says
deskbell backup FILE        copies the database, while the server runs
deskbell restore FILE       puts a backup back, while the server is stopped
deskbell import FOLDER ...  takes articles in
deskbell export FOLDER ...  writes articles out`;

const [command = "", ...rest] = process.argv.slice(2);
/** By command, the program and what it is told. */
const PROGRAMS = {
  start: ["main.ts", rest],
  backup: ["backup.ts", ["backup", ...rest]],
  restore: ["backup.ts", ["restore", ...rest]],
  import: ["import.ts", rest],
  export: ["export.ts", rest],
};

if (!process.features.typescript) {
  console.error(`Deskbell needs Node 22.18 or newer, and this is ${process.version}: "npx deskbell" brings its own.`);
  process.exitCode = 1;
} else if (!Object.hasOwn(PROGRAMS, command)) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  const [program, args] = PROGRAMS[command];
  const script = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("close", (code) => {
    process.exitCode = code === null ? 1 : code;
  });
}

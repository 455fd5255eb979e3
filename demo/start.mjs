// The first thing that runs. Plain words that any Node can read, so that an old one says so instead of failing on a
// file it cannot parse; a middle-aged one (22.14 to 22.17) is started again with the flag that lets it read TypeScript.
import { spawn } from "node:child_process";
import * as module from "node:module";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const script = fileURLToPath(new URL("./start.ts", import.meta.url));

if (major < 22 || (major === 22 && minor < 14)) {
  console.error(
    `Deskbell needs Node 22.14 or newer, and this is ${process.version}: install Node 24, or use "npm start", which brings its own.`,
  );
  process.exitCode = 1;
} else if (process.features.typescript) {
  module.enableCompileCache?.();
  import("./start.ts");
} else {
  const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, script, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("close", (code) => {
    process.exitCode = code === null ? 1 : code;
  });
}

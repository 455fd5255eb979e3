import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";

const run = promisify(execFile);

/** A Chromium that came with the packages, and the environment it must run in. */
export interface BundledChromium {
  path: string;
  env: Record<string, string>;
}

const PACKAGE = join(import.meta.dirname, "../../node_modules/@sparticuz/chromium");

/**
 * Unpacks the headless Chromium of @sparticuz/chromium, with the shared libraries and fonts a bare system lacks, once
 * per version into the folder for temporary files. The package's own unpacking takes any file that exists for whole,
 * so two test runs that start together would run half a browser: this one renames a finished folder into place.
 */
export async function unpackChromium(): Promise<BundledChromium> {
  const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8")) as { version: string };
  const home = join(tmpdir(), `deskbell-chromium-${version}`);
  if (!existsSync(home)) await unpackInto(home);
  return {
    path: join(home, "chromium"),
    env: {
      LD_LIBRARY_PATH: [join(home, "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      FONTCONFIG_FILE: join(home, "fonts.conf"),
    },
  };
}

async function unpackInto(home: string): Promise<void> {
  const fresh = await mkdtemp(`${home}-`);
  const bin = join(PACKAGE, "bin");
  await Promise.all([
    inflate(join(bin, "chromium.br"), join(fresh, "chromium")),
    untar(join(bin, "swiftshader.tar.br"), fresh),
    untar(join(bin, "al2023.tar.br"), fresh),
    untar(join(bin, "fonts.tar.br"), fresh), // brings fonts/ and a fonts.conf, which is replaced below
  ]);
  await chmod(join(fresh, "chromium"), 0o755);
  await writeFile(join(fresh, "fonts.conf"), fontsConf(home));
  try {
    await rename(fresh, home);
  } catch {
    // Somebody else was first: theirs is as good.
    await rm(fresh, { recursive: true, force: true });
  }
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

/** By way of a file: tar stops reading at the end mark, and what is still in the pipe would be an error. */
async function untar(from: string, folder: string): Promise<void> {
  const tar = join(folder, basename(from, ".br"));
  await inflate(from, tar);
  await run("tar", ["-xf", tar, "-C", folder]);
  await rm(tar);
}

function fontsConf(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
</fontconfig>
`;
}

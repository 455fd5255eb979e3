import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { minify } from "terser";
import { build, defineConfig, type Plugin, type Rollup, type UserConfig } from "vite";
import { LOCALES } from "./ui/locale.ts";
import { leanTokens, usedRules } from "./widget/build/lean-css.ts";
import { leanPreact } from "./widget/build/lean-preact.ts";
import { oneHash, UNHASHED } from "./widget/build/one-hash.ts";
import { partsAgain } from "./widget/build/parts.ts";

const ROOT = import.meta.dirname;
const WIDGET_DIR = "dist/widget";
const BROWSERS = "es2022";
/** With `color-scheme` and nesting as they stand. */
const CSS_BROWSERS = ["chrome123", "firefox121", "safari17.5"];
/** Libraries are otherwise left readable. */
const SMALL = { minify: true, comments: false };
/** Which distances brotli writes shortest: some files are smaller the one way, some the other; of 64 ways these miss little. */
const BROTLI = [
  [0, 6],
  [0, 10],
  [1, 18],
  [2, 8],
  [2, 28],
  [3, 0],
].map(([postfix = 0, direct = 0]) => ({
  [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
  [constants.BROTLI_PARAM_NDIRECT]: direct,
}));
/** Compiled while it is still coming, beside the page's own thread, and not function by function at the click. */
const COMPILE_ALL = "//# allFunctionsCalledOnLoad\n";

/**
 * What the app's file is made of, with all that they import. The second because the chat and the files both name things by
 * it: it would be a file of its own, and one more request before the chat is open.
 */
const APP_ENTRIES = ["/widget/mount.tsx", "/widget/uuid7.ts"];

/** By language, its sentences: every one but English, which is inside. */
const LOCALE_FILES = Object.fromEntries(
  LOCALES.filter((locale) => locale !== "en").map((locale) => [
    locale,
    `${ROOT}/ui/locales/${locale.toLowerCase()}.ts`,
  ]),
);

/** `vite build` makes the widget's chunks, then its loader, then the console: all that the server serves. */
export default defineConfig(({ command, mode }) => {
  // Whatever this machine calls itself: elsewhere JSX would come by a door of Preact's that we do not make lean.
  if (command === "build") process.env.NODE_ENV = "production";
  return { ...(mode === "console" ? consoleBuild : widgetBuild), test: { projects } };
});

/** Hashed ES chunks, imported from another origin's page: relative to each other, no preload helper, no css files. */
const widgetBuild: UserConfig = {
  base: "./",
  publicDir: false,
  build: {
    outDir: WIDGET_DIR,
    target: BROWSERS,
    cssTarget: CSS_BROWSERS,
    modulePreload: false,
    // As a library, because Vite then leaves out its helper for preloading css: 1.1 kB that we have no use for.
    lib: { entry: { app: `${ROOT}/widget/mount.tsx`, ...LOCALE_FILES }, formats: ["es"] },
    rolldownOptions: {
      checks: { pluginTimings: false },
      // What later parts share with the app is the app's: no further file before the chat is open.
      preserveEntrySignatures: "allow-extension",
      // An icon or another constant travels with whoever draws it, not with the app: 400 B.
      optimization: { inlineConst: { mode: "all" } },
      output: {
        ...SMALL,
        postBanner: ({ name }) => (name === "app" ? COMPILE_ALL : ""),
        entryFileNames: `assets/[name]${UNHASHED}`,
        chunkFileNames: `assets/[name]${UNHASHED}`,
        codeSplitting: {
          groups: [
            {
              debugName: "app",
              name: (id, chunks) => {
                const infoOf = (other: string) => chunks.getModuleInfo(other);
                return APP_ENTRIES.some((entry) => needed(id, entry, infoOf)) ? "app" : null;
              },
            },
          ],
        },
      },
    },
  },
  plugins: [
    leanPreact(),
    usedRules(),
    leanTokens(),
    partsAgain(),
    minified(),
    oneHash(),
    thenTheRest(),
    integrity(),
    compressed(WIDGET_DIR),
  ],
};

const consoleBuild: UserConfig = {
  root: `${ROOT}/console`,
  base: "/console/",
  publicDir: false,
  build: { outDir: `${ROOT}/dist/console`, emptyOutDir: true, target: BROWSERS },
  plugins: [compressed("dist/console")],
};

const projects = [
  {
    test: {
      name: "unit",
      environment: "node",
      include: ["{protocol,ui,widget,console,server,test}/**/*.test.ts"],
      exclude: ["test/browser/**", "test/attacks/browser/**", "test/faults/**"],
      // For machines that do something else as well: a test that waits, waits on a condition.
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  },
  {
    test: {
      name: "dom",
      environment: "happy-dom",
      include: ["{ui,widget,console,embed}/**/*.test.tsx"],
      testTimeout: 30_000,
    },
  },
  {
    test: {
      name: "faults",
      environment: "node",
      include: ["test/faults/**/*.test.ts"],
      fileParallelism: false,
      // Each has a server of its own, and most of the time waits.
      maxConcurrency: 3,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  },
  {
    test: {
      name: "browser",
      environment: "node",
      include: ["test/{browser,attacks/browser}/**/*.test.ts"],
      fileParallelism: false,
      testTimeout: 60_000,
      // A stage builds what is stale, sows its people and reads its articles.
      hookTimeout: 120_000,
      // Vitest's second would be an assertion of speed that nobody meant.
      expect: { poll: { timeout: 10_000 } },
      // A browser on a busy machine may lose a frame; what fails twice is wrong.
      retry: 1,
    },
  },
];

/** Once the chunks are written: the loader, which must know the app chunk's name, and the console. */
function thenTheRest(): Plugin {
  let app = "";
  let logLevel: UserConfig["logLevel"];
  return {
    name: "deskbell:then-the-rest",
    apply: "build",
    configResolved(config) {
      logLevel = config.logLevel;
    },
    writeBundle(_, bundle) {
      app = Object.values(bundle).find(isApp)?.fileName ?? "";
    },
    async closeBundle(error?: Error) {
      if (error || !app) return;
      await build({ configFile: false, ...loaderBuild(app), ...(logLevel && { logLevel }) });
      await build({ configFile: false, ...embedBuild, ...(logLevel && { logLevel }) });
      if (existsSync(`${ROOT}/console/index.html`)) await build({ mode: "console", ...(logLevel && { logLevel }) });
    },
  };
}

/** Whether a file needs a module at once, by imports that are not dynamic. */
function needed(
  id: string,
  by: string,
  infoOf: (id: string) => Rollup.ModuleInfo | null,
  seen = new Set<string>(),
): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const info = infoOf(id);
  return info !== null && (id.endsWith(by) || info.importers.some((importer) => needed(importer, by, infoOf, seen)));
}

/** A classic script without a hash: what a site pastes stays valid for ever. */
function loaderBuild(app: string): UserConfig {
  return {
    root: ROOT,
    publicDir: false,
    plugins: [minified()],
    define: { __APP__: JSON.stringify(app) },
    build: {
      outDir: WIDGET_DIR,
      emptyOutDir: false,
      target: BROWSERS,
      cssTarget: CSS_BROWSERS,
      lib: { entry: `${ROOT}/widget/loader.ts`, formats: ["iife"], name: "deskbell", fileName: () => "widget.js" },
      rolldownOptions: { output: SMALL },
    },
  };
}

/** What other programs import as `deskbell/embed`; `npm pack` adds the types. */
const embedBuild: UserConfig = {
  root: ROOT,
  publicDir: false,
  build: {
    outDir: "dist/embed",
    emptyOutDir: false,
    target: BROWSERS,
    lib: { entry: ["deskbell", "react", "preact", "vue"].map((name) => `${ROOT}/embed/${name}.ts`), formats: ["es"] },
    rolldownOptions: {
      external: ["react", "preact/hooks", "vue"],
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
    },
  },
};

function isApp(output: Rollup.OutputChunk | Rollup.OutputAsset): output is Rollup.OutputChunk {
  return output.type === "chunk" && output.name === "app";
}

/** By Terser before the bundler's own: 300 B of the app that neither finds alone. Before names are hashed, by their content. */
function minified(): Plugin {
  return {
    name: "deskbell:minified",
    apply: "build",
    async renderChunk(code, _, { format }) {
      const { code: small } = await minify(code, {
        module: format === "es",
        toplevel: true,
        ecma: 2020,
        compress: { passes: 3 },
        // Names are the bundler's to give: given twice they take 40 B more.
        mangle: false,
      });
      return small;
    },
  };
}

/** What pages need that check what they run: of each hashed file, its sha384. */
function integrity(): Plugin {
  return {
    name: "deskbell:integrity",
    apply: "build",
    writeBundle(_, bundle) {
      const sums = Object.values(bundle).map((output) => {
        const sum = createHash("sha384").update(output.type === "chunk" ? output.code : output.source);
        return [output.fileName, `sha384-${sum.digest("base64")}`];
      });
      writeFileSync(`${ROOT}/${WIDGET_DIR}/widget.integrity.json`, JSON.stringify(Object.fromEntries(sums)));
    },
  };
}

/** Beside each text file its brotli, for the server to send as it is. */
function compressed(dir: string): Plugin {
  return {
    name: "deskbell:compressed",
    apply: "build",
    closeBundle: {
      order: "post",
      sequential: true,
      handler() {
        for (const file of readdirSync(`${ROOT}/${dir}`, { recursive: true, encoding: "utf8" })) {
          if (!/\.(js|css|html|svg|json)$/.test(file)) continue;
          const content = readFileSync(`${ROOT}/${dir}/${file}`);
          const ways = BROTLI.map((params) => brotliCompressSync(content, { params }));
          writeFileSync(
            `${ROOT}/${dir}/${file}.br`,
            ways.reduce((best, other) => (other.length < best.length ? other : best)),
          );
        }
      },
    },
  };
}

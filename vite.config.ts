import { existsSync } from "node:fs";
import { build, defineConfig, type Plugin, type Rollup, type UserConfig } from "vite";

const ROOT = import.meta.dirname;
const WIDGET_DIR = "dist/widget";
const BROWSERS = "es2022";

/** `vite build` makes the widget's chunks, then its loader, then the console: all that the server serves. */
export default defineConfig(({ mode }) => ({
  ...(mode === "console" ? consoleBuild : widgetBuild),
  test: { projects },
}));

/** Hashed ES chunks, imported from another origin's page: relative to each other, no preload helper, no css files. */
const widgetBuild: UserConfig = {
  base: "./",
  publicDir: false,
  build: {
    outDir: WIDGET_DIR,
    target: BROWSERS,
    modulePreload: false,
    // As a library, because Vite then leaves out its helper for preloading css: 1.1 kB that we have no use for.
    lib: { entry: { app: `${ROOT}/widget/mount.tsx` }, formats: ["es"] },
    rolldownOptions: {
      // What later parts share with the app stays in the app: no third file before the chat is open.
      preserveEntrySignatures: "allow-extension",
      output: { minify: true, entryFileNames: "assets/[name]-[hash].js", chunkFileNames: "assets/[name]-[hash].js" },
    },
  },
  plugins: [thenTheRest()],
};

const consoleBuild: UserConfig = {
  root: `${ROOT}/console`,
  base: "/console/",
  publicDir: false,
  build: { outDir: `${ROOT}/dist/console`, emptyOutDir: true, target: BROWSERS },
};

const projects = [
  {
    test: {
      name: "unit",
      environment: "node",
      include: ["{protocol,ui,widget,console,server,test}/**/*.test.ts"],
      exclude: ["test/browser/**"],
    },
  },
  {
    test: { name: "dom", environment: "happy-dom", include: ["{ui,widget,console}/**/*.test.tsx"] },
  },
  {
    test: {
      name: "browser",
      environment: "node",
      include: ["test/browser/**/*.test.ts"],
      fileParallelism: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
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
      app = Object.values(bundle).find(isEntry)?.fileName ?? "";
    },
    async closeBundle(error?: Error) {
      if (error || !app) return;
      await build({ configFile: false, ...loaderBuild(app), ...(logLevel && { logLevel }) });
      if (existsSync(`${ROOT}/console/index.html`)) await build({ mode: "console", ...(logLevel && { logLevel }) });
    },
  };
}

/** A classic script without a hash: what a site pastes stays valid for ever. */
function loaderBuild(app: string): UserConfig {
  return {
    root: ROOT,
    publicDir: false,
    define: { __APP__: JSON.stringify(app) },
    build: {
      outDir: WIDGET_DIR,
      emptyOutDir: false,
      target: BROWSERS,
      lib: { entry: `${ROOT}/widget/loader.ts`, formats: ["iife"], name: "deskbell", fileName: () => "widget.js" },
      rolldownOptions: { output: { minify: true } },
    },
  };
}

function isEntry(output: Rollup.OutputChunk | Rollup.OutputAsset): output is Rollup.OutputChunk {
  return output.type === "chunk" && output.isEntry;
}

import { resolve } from "node:path";
import { ConfigError, databaseFile, readConfig } from "./config.ts";
import { BackupError, backup, restore } from "./store/backup.ts";
import { FolderError, holdFolder } from "./store/lock.ts";

const USAGE =
  "Usage: npm run backup -- FILE   (while the server runs)\n       npm run restore -- FILE  (while it is stopped)";

/** `npm run backup -- FILE` and `npm run restore -- FILE`. */
async function main([command, file]: readonly string[]): Promise<void> {
  if (!file || (command !== "backup" && command !== "restore")) throw new BackupError(USAGE);
  const config = readConfig(process.env);
  const database = databaseFile(config);
  if (command === "backup") {
    await backup(database, resolve(file));
    console.log(`Backed up ${database} to ${resolve(file)} and checked it.`);
    return;
  }
  const letGo = holdFolder(config.dataDir);
  try {
    const old = await restore(resolve(file), database, Date.now());
    console.log(`Restored ${database} from ${resolve(file)} under a new epoch.`);
    if (old !== undefined) console.log(`What was there before is kept at ${old}.`);
  } finally {
    letGo();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof BackupError || error instanceof FolderError || error instanceof ConfigError;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}

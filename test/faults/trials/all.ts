import type { Trial } from "../trial.ts";
import { badLine } from "./bad-line.ts";
import { blockedUpgrade } from "./blocked-upgrade.ts";
import { changedWords } from "./changed-words.ts";
import { diskFull, readOnly } from "./disk-full.ts";
import { fileGone } from "./file-gone.ts";
import { flippedByte } from "./flipped-byte.ts";
import { frozen } from "./frozen.ts";
import { herd } from "./herd.ts";
import { jumpingClock } from "./jumping-clock.ts";
import { killedAtRandom } from "./killed-at-random.ts";
import { killedBeforeAnswer } from "./killed-before-answer.ts";
import { killedBeforePush } from "./killed-before-push.ts";
import { killedInMigration } from "./killed-in-migration.ts";
import { lockedFile } from "./locked-file.ts";
import { noDescriptors } from "./no-descriptors.ts";
import { offline } from "./offline.ts";
import { oneWayLoss } from "./one-way-loss.ts";
import { powerCut } from "./power-cut.ts";
import { restoredBackup } from "./restored-backup.ts";
import { rollingStop } from "./rolling-stop.ts";
import { slowLine } from "./slow-line.ts";
import { stoppedClient } from "./stopped-client.ts";
import { syncError } from "./sync-error.ts";
import { widgetLine } from "./widget-line.ts";

/** Every fault that is tried, by the name it is chosen with. */
export const TRIALS: Readonly<Record<string, Trial>> = {
  "killed-at-random": killedAtRandom,
  "killed-before-answer": killedBeforeAnswer,
  "killed-before-push": killedBeforePush,
  "killed-in-migration": killedInMigration,
  "rolling-stop": rollingStop,
  frozen,
  "changed-words": changedWords,
  "bad-line": badLine,
  "one-way-loss": oneWayLoss,
  "widget-line": widgetLine,
  "slow-line": slowLine,
  "blocked-upgrade": blockedUpgrade,
  offline,
  "stopped-client": stoppedClient,
  "power-cut": powerCut,
  "disk-full": diskFull,
  "read-only": readOnly,
  "sync-error": syncError,
  "locked-file": lockedFile,
  "file-gone": fileGone,
  "flipped-byte": flippedByte,
  "restored-backup": restoredBackup,
  "jumping-clock": jumpingClock,
  herd,
  "no-descriptors": noDescriptors,
};

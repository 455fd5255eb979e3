import { existsSync, rmSync } from "node:fs";
import { type Rewrite, rewriteOnLoad } from "./rewrite.ts";

/*
 * Death at a named place in the server's code (`--import` this file, `FAULTS_POINT` names it): it comes the next time the
 * place is reached after the file `FAULTS_ARMED` was made.
 */

export const POINTS = {
  /** Stored, and nobody was told. */
  committed: [
    {
      file: "/server/store/writer.ts",
      find: "    transaction.commit();\n",
      put: "    transaction.commit();\n    if (batch.length > 0) globalThis.dieHere();\n",
    },
  ],
  /** The author was told, and nobody else. */
  acknowledged: ["visitor", "agent"].map((side) => ({
    file: `/server/desk/conversations/${side}-commands.ts`,
    find: "if (record && stored) publish.stored(record, stored);",
    put: "if (record && stored && !globalThis.dieSoon()) publish.stored(record, stored);",
  })),
  /** A second migration is in the middle of its work. */
  migrating: [
    {
      file: "/server/store/migrate.ts",
      find: 'const MIGRATIONS = [{ name: "0001-start", up: start.up }',
      put: `const half = async (db: any) => {
  await db.schema.alterTable("conversation").addColumn("half", "text").execute();
  await db.schema.createTable("half").addColumn("id", "integer").execute();
  globalThis.dieHere();
  await db.schema.alterTable("event").addColumn("half", "text").execute();
};
const MIGRATIONS = [{ name: "0001-start", up: start.up }, { name: "9999-half", up: half }`,
    },
  ],
} satisfies Record<string, readonly Rewrite[]>;

export type Point = keyof typeof POINTS;

const named = process.env.FAULTS_POINT;
if (named !== undefined) {
  const armed = process.env.FAULTS_ARMED ?? "";
  const isArmed = () => {
    if (!existsSync(armed)) return false;
    rmSync(armed);
    return true;
  };
  let dying = false;
  const die = () => process.kill(process.pid, "SIGKILL");
  Object.assign(globalThis, {
    dieHere: () => {
      if (isArmed()) die();
    },
    dieSoon: () => {
      // Nobody hears anything any more, or the next push would tell of a hole that no dead server leaves.
      if (dying || !isArmed()) return dying;
      dying = true;
      setTimeout(die, 30);
      return true;
    },
  });
  rewriteOnLoad(POINTS[named as Point]);
}

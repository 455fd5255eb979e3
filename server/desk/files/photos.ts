import { rm } from "node:fs/promises";
import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import type { Blobs } from "../../files/blobs.ts";
import { contentOf, PICTURES } from "../../files/content.ts";
import { redrawPhoto } from "../../files/picture.ts";
import { agentsOfKind, updateAgent } from "../../store/agents.ts";
import { KINDS } from "../../store/events.ts";
import { dropFile, expectGone, forgetGone, insertFile, photosOf } from "../../store/files.ts";
import { mintId, toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { type Files, UNBORN_MS, type Upload } from "./files.ts";
import { MEGABYTE } from "./limits.ts";

/** A photo as it comes from a phone. */
const LARGEST_MEGABYTES = 10;
const NAME = "photo.webp";
/** A face is of no site: who answers for several shows the same on each. */
const NO_SITE = 0;

/** Agents' faces: one each, square, drawn anew, for everybody who is told its address. */
export interface Photos {
  /** Where one is written while it comes in, and how large it may be. Refuses programs, and where no files are kept. */
  room(agent: AgentActor): { folder: string; largest: number };
  /** Instead of the one before. */
  put(agent: AgentActor, upload: Upload): Promise<void>;
  remove(agent: AgentActor): Promise<void>;
  /** Lets every face stand at today's address of this server: it was kept with that of the day of its upload. At a start. */
  follow(): Promise<void>;
}

export interface PhotosParts {
  store: Store;
  clock: Clock;
  blobs: Blobs | undefined;
  files: Pick<Files, "addressOf" | "moved">;
}

export function createPhotos({ store, clock, blobs, files }: PhotosParts): Photos {
  const place = () => blobs ?? refuse("unavailable", "This server keeps no files");
  return {
    room({ kind }) {
      if (kind === "key") refuse("forbidden", "An API key has no face");
      return { folder: place().incoming, largest: LARGEST_MEGABYTES * MEGABYTE };
    },
    async put({ key }, { path, name, hash }) {
      const { type } = await contentOf(path, name);
      if (!PICTURES.has(type)) refuse("invalid", `Expected a picture, not ${type}`, { field: "type" });
      const drawn = `${path}.new`;
      try {
        const photo = await redrawPhoto(path, drawn);
        if (photo === "too-large") return refuse("too-large", "The picture has too many pixels", { field: "pixels" });
        if (photo === "broken") return refuse("invalid", "The picture cannot be read", { field: "file" });
        const uid = toBytes(mintId(clock.now()));
        // Said first, so that a crash leaves nothing behind.
        await store.write((db) => expectGone(db, uid, clock.now() + UNBORN_MS));
        await place().put(toId(uid), drawn, photo.type);
        const avatar = await files.addressOf(uid);
        await store.write(async (db) => {
          await dropPhoto(db, key, clock.now());
          await forgetGone(db, uid);
          await insertFile(db, {
            ...photo,
            uid,
            sent_as: uid,
            site: NO_SITE,
            kind: KINDS.agent,
            author: key,
            use: "photo",
            name: NAME,
            hash,
            created_at: clock.now(),
            bound_at: clock.now(),
          });
          await updateAgent(db, key, { avatar });
        });
      } finally {
        await rm(drawn, { force: true });
      }
    },
    remove: ({ key }) => store.write((db) => dropPhoto(db, key, clock.now())),
    async follow() {
      const people = await store.read((db) => agentsOfKind(db, "person"));
      const moved = await files.moved(people.flatMap(({ avatar }) => avatar ?? []));
      const behind = people.flatMap(({ id, avatar }) => {
        const now = avatar === null ? undefined : moved.get(avatar);
        return now === undefined || now === avatar ? [] : [{ id, avatar: now }];
      });
      if (behind.length === 0) return;
      await store.write(async (db) => {
        for (const { id, avatar } of behind) await updateAgent(db, id, { avatar });
      });
    },
  };
}

/** An agent's face is nowhere from then on. */
export async function dropPhoto(db: Db, agent: number, now: number): Promise<void> {
  for (const row of await photosOf(db, { kind: KINDS.agent, author: agent })) await dropFile(db, row, now);
  await updateAgent(db, agent, { avatar: null });
}

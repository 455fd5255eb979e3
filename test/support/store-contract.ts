import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Db, Store } from "../../server/store/port.ts";

/** One database that can be opened more than once, as a server is started again. */
export interface Place {
  open(): Promise<Store>;
  remove(): Promise<void>;
}

/** What any store must keep, whatever database is behind it. Every adapter passes this suite. */
export function storeContract(name: string, place: () => Promise<Place>): void {
  describe(`The store contract, kept by ${name}`, () => {
    let home: Place;
    let store: Store;
    beforeEach(async () => {
      home = await place();
      store = await home.open();
    });
    afterEach(async () => {
      await store.close();
      await home.remove();
    });

    test("D1 what resolved is committed: whoever reads after it sees it", async () => {
      await Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          await store.write((db) => put(db, `${i}`));
          expect(await store.read((db) => get(db, `${i}`))).toBe("here");
        }),
      );
    });

    test("D1 what resolved is there when the database is opened again, also without a farewell", async () => {
      await store.write((db) => put(db, "a"));
      const other = await home.open();
      expect(await other.read((db) => get(db, "a"))).toBe("here");
      await other.close();
      await store.close();
      store = await home.open();
      expect(await store.read((db) => get(db, "a"))).toBe("here");
    });

    test("D10 the epoch stays the same for the same database", async () => {
      const { epoch } = store;
      expect(epoch).toMatch(/.{16,}/);
      await store.close();
      store = await home.open();
      expect(store.epoch).toBe(epoch);
    });

    test("reads see only what is committed, however far a write has come", async () => {
      await store.write((db) => put(db, "a", "before"));
      let began: (() => void) | undefined;
      let goOn: (() => void) | undefined;
      const inside = new Promise<void>((resolve) => {
        began = resolve;
      });
      const wait = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const writing = store.write(async (db) => {
        await change(db, "a", "after");
        expect(await get(db, "a")).toBe("after");
        began?.();
        await wait;
      });
      await inside;
      expect(await store.read((db) => get(db, "a"))).toBe("before");
      goOn?.();
      await writing;
      expect(await store.read((db) => get(db, "a"))).toBe("after");
    });

    test("a job that throws leaves no trace, rejects alone, and its neighbours are stored", async () => {
      const jobs = Array.from({ length: 9 }, (_, i) =>
        store.write(async (db) => {
          await put(db, `${i}`);
          if (i % 3 === 1) throw new Error(`No ${i}`);
          return i;
        }),
      );
      const settled = await Promise.allSettled(jobs);
      expect(settled.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual([
        0,
        "Error: No 1",
        2,
        3,
        "Error: No 4",
        5,
        6,
        "Error: No 7",
        8,
      ]);
      const kept = await store.read(keys);
      expect(kept).toEqual(["0", "2", "3", "5", "6", "8"]);
    });

    test("a job that breaks a rule of the database leaves no trace either", async () => {
      await store.write((db) => put(db, "a", "first"));
      const twice = store.write(async (db) => {
        await put(db, "b");
        await put(db, "a", "second");
      });
      const neighbour = store.write((db) => put(db, "c"));
      await expect(twice).rejects.toThrow();
      await neighbour;
      expect(await store.read(keys)).toEqual(["a", "c"]);
      expect(await store.read((db) => get(db, "a"))).toBe("first");
    });

    test("D3 jobs run one after another and see what those before them wrote", async () => {
      await store.write((db) => put(db, "count", "0"));
      const numbers = await Promise.all(
        Array.from({ length: 40 }, () =>
          store.write(async (db) => {
            const next = Number(await get(db, "count")) + 1;
            // Whoever let another job in here would count twice.
            await new Promise((later) => setImmediate(later));
            await change(db, "count", `${next}`);
            return next;
          }),
        ),
      );
      expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    });

    test("D6 writes resolve in the order in which they were asked for", async () => {
      const order: number[] = [];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => store.write((db) => put(db, `${i}`)).then(() => order.push(i))),
      );
      expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
    });

    test("finishes what was begun before it closes, and refuses what comes later", async () => {
      const last = store.write((db) => put(db, "last"));
      const closed = store.close();
      await last;
      await closed;
      await expect(store.write((db) => put(db, "later"))).rejects.toMatchObject({ fault: { code: "unavailable" } });
      store = await home.open();
      expect(await store.read(keys)).toEqual(["last"]);
    });

    test("answers `unavailable` when too many wait, and stores the others", async () => {
      const settled = await Promise.allSettled(Array.from({ length: 10_050 }, () => store.write(async () => 1)));
      const refused = settled.filter((one) => one.status === "rejected");
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThanOrEqual(50);
      for (const one of refused) expect(one.reason).toMatchObject({ fault: { code: "unavailable", retry: "after" } });
    });

    test("D3 two events cannot have one place, nor D2 an author one id twice", async () => {
      const event = (seq: number, uid: number) =>
        store.write((db) =>
          db.sql
            .insertInto("event")
            .values({
              conversation: 1,
              stream: 0,
              seq,
              uid: Buffer.alloc(16, uid),
              at: 1,
              kind: 1,
              author: 1,
              type: "posted",
              body: "{}",
            })
            .execute(),
        );
      await event(1, 1);
      await expect(event(1, 2)).rejects.toThrow();
      await expect(event(2, 1)).rejects.toThrow();
      await event(2, 2);
    });

    test("what jobs leave to the end of the transaction is done once for each that succeeded, and is committed with it", async () => {
      const jobs = Array.from({ length: 4 }, (_, i) =>
        store.write(async (db) => {
          db.atEnd((last) => put(last, `end ${i}`));
          if (i === 2) throw new Error("Not this one");
        }),
      );
      await Promise.allSettled(jobs);
      expect(await store.read(keys)).toEqual(["end 0", "end 1", "end 3"]);
      const broken = store.write(async (db) => {
        await put(db, "job");
        db.atEnd(async () => {
          throw new Error("The disk is full");
        });
      });
      await expect(broken).rejects.toMatchObject({ fault: { code: "unavailable", retry: "after" } });
      expect(await store.read(keys)).toEqual(["end 0", "end 1", "end 3"]);
    });

    test("ordinary queries and prepared ones work in one transaction", async () => {
      const found = await store.write(async (db) => {
        await put(db, "a");
        await db.plain.run("insert into meta (key, value) values (?, ?)", "test b", "here");
        return db.plain.all<{ key: string }>("select key from meta where key like ? order by key", "test %");
      });
      expect(found.map(({ key }) => key)).toEqual(["test a", "test b"]);
    });
  });
}

const PREFIX = "test ";

async function put(db: Db, key: string, value = "here"): Promise<void> {
  await db.sql
    .insertInto("meta")
    .values({ key: PREFIX + key, value })
    .execute();
}

async function change(db: Db, key: string, value: string): Promise<void> {
  await db.sql
    .updateTable("meta")
    .set({ value })
    .where("key", "=", PREFIX + key)
    .execute();
}

async function get(db: Db, key: string): Promise<string | undefined> {
  const row = await db.sql
    .selectFrom("meta")
    .select("value")
    .where("key", "=", PREFIX + key)
    .executeTakeFirst();
  return row?.value;
}

async function keys(db: Db): Promise<string[]> {
  const rows = await db.sql
    .selectFrom("meta")
    .select("key")
    .where("key", "like", `${PREFIX}%`)
    .orderBy("key")
    .execute();
  return rows.map(({ key }) => key.slice(PREFIX.length));
}

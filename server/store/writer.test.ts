import { describe, expect, test } from "vitest";
import { createWriter, type Transaction } from "./writer.ts";

/** A transaction that says what was done to it, and breaks where it is told to. */
function told(breaks: Partial<Record<keyof Transaction, boolean>> = {}) {
  const steps: string[] = [];
  const step = (name: keyof Transaction) => () => {
    steps.push(name);
    if (breaks[name]) throw new Error(`Cannot ${name}`);
  };
  const transaction: Transaction = {
    begin: step("begin"),
    commit: step("commit"),
    rollback: step("rollback"),
    mark: step("mark"),
    keep: step("keep"),
    undo: step("undo"),
  };
  return { steps, transaction, breaks };
}

describe("The writer", () => {
  test("puts what arrives in one turn into one transaction, and resolves after its commit", async () => {
    const { steps, transaction } = told();
    const writer = createWriter(transaction);
    await Promise.all(
      [1, 2, 3].map((n) => writer.write(async () => steps.push(`job ${n}`)).then(() => steps.push(`resolved ${n}`))),
    );
    expect(steps.join(" ")).toBe(
      "begin mark job 1 keep mark job 2 keep mark job 3 keep commit resolved 1 resolved 2 resolved 3",
    );
  });

  test("D1 tells everybody `unavailable`, and nobody `stored`, where the commit fails, and goes on afterwards", async () => {
    const { steps, transaction, breaks } = told({ commit: true });
    const writer = createWriter(transaction);
    const settled = await Promise.allSettled([1, 2].map((n) => writer.write(async () => n)));
    for (const one of settled) {
      expect(one).toMatchObject({ status: "rejected", reason: { fault: { code: "unavailable", retry: "after" } } });
    }
    expect(steps.at(-1)).toBe("rollback");
    breaks.commit = false;
    expect(await writer.write(async () => "stored")).toBe("stored");
  });

  test.each(["begin", "mark", "undo", "keep"] as const)("survives a database that fails at %s", async (name) => {
    const { transaction, breaks } = told({ [name]: true, rollback: true });
    const writer = createWriter(transaction);
    const job = async () => {
      if (name === "undo") throw new Error("A job that fails");
    };
    // Two, for who is alone needs no marks.
    const settled = await Promise.allSettled([writer.write(job), writer.write(job)]);
    for (const one of settled) expect(one).toMatchObject({ status: "rejected" });
    breaks[name] = false;
    expect(await writer.write(async () => "stored")).toBe("stored");
  });

  test("undoes a job that is alone with its whole transaction, and tells it why", async () => {
    const { steps, transaction } = told();
    const writer = createWriter(transaction);
    const job = () => Promise.reject(new Error("No such thing"));
    await expect(writer.write(job)).rejects.toThrow("No such thing");
    expect(steps).toEqual(["begin", "rollback"]);
  });

  test("closes once all that waited is done", async () => {
    const { steps, transaction } = told();
    const writer = createWriter(transaction);
    void writer.write(async () => steps.push("job"));
    await writer.close();
    expect(steps).toEqual(["begin", "job", "commit"]);
    await expect(writer.write(async () => 1)).rejects.toMatchObject({ fault: { code: "unavailable" } });
    await writer.close();
  });
});

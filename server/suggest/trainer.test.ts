import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { expect, test, vi } from "vitest";
import type { Lesson } from "./regression.ts";
import { createTrainer } from "./trainer.ts";

test.each(["close", "halt"] as const)(
  "%s ends the thread in the middle of the work, and nothing of it is used",
  async (end) => {
    const learned = vi.fn();
    const trainer = createTrainer(async () => lesson(400), learned);
    const begun = once(process, "worker");
    const ended = trainer.trainNow();
    const [worker] = (await begun) as [Worker];
    const answered = vi.fn();
    worker.on("message", answered);
    const exit = once(worker, "exit");
    await once(worker, "online");
    trainer[end]();
    expect(await exit).toEqual([1]);
    await ended;
    expect(answered).not.toHaveBeenCalled();
    expect(learned).not.toHaveBeenCalled();
  },
);

test("a closed trainer starts no thread any more", async () => {
  const started = vi.fn();
  process.on("worker", started);
  const trainer = createTrainer(async () => lesson(2), vi.fn());
  trainer.close();
  await trainer.trainNow();
  process.off("worker", started);
  expect(started).not.toHaveBeenCalled();
});

test("halted while its lesson is being made, it starts no thread; the next one does", async () => {
  const started = vi.fn();
  process.on("worker", started);
  const making = Promise.withResolvers<Lesson>();
  const lessons = [making.promise, lesson(2)];
  const learned = vi.fn();
  const trainer = createTrainer(async () => lessons.shift(), learned);
  const ended = trainer.trainNow();
  trainer.halt();
  making.resolve(lesson(2));
  await ended;
  expect(started).not.toHaveBeenCalled();
  await trainer.trainNow();
  process.off("worker", started);
  expect(learned).toHaveBeenCalledOnce();
  trainer.close();
});

test("what was learned is handed over, and the thread ends", async () => {
  const learned = vi.fn();
  const trainer = createTrainer(async () => lesson(2), learned);
  const begun = once(process, "worker");
  const ended = trainer.trainNow();
  const [worker] = (await begun) as [Worker];
  const exit = once(worker, "exit");
  await ended;
  await exit;
  expect(learned).toHaveBeenCalledOnce();
  trainer.close();
});

/** Seconds of work for some hundred classes, hardly any for a few. */
function lesson(classes: number): Lesson {
  const examples = Array.from({ length: classes * 20 }, (_, i) => ({
    text: `question ${i} about topic ${i % classes} asked in words ${i * 7} and ${i * 13}`,
    locale: "en",
    label: i % classes,
    weight: 1,
  }));
  return { examples, classes };
}

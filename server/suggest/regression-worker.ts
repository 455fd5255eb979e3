import { parentPort } from "node:worker_threads";
import { type Lesson, train } from "./regression.ts";

parentPort?.on("message", (lesson: Lesson) => {
  const model = train(lesson);
  const { features, scales, inner, outer, bias } = model;
  const arrays = [features, scales, inner, outer, bias];
  parentPort?.postMessage(
    model,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
});

import { parentPort } from "node:worker_threads";
import { type Lesson, train } from "./regression.ts";

parentPort?.on("message", (lesson: Lesson) => {
  const model = train(lesson);
  const { features, scales, weights, bias } = model;
  parentPort?.postMessage(model, [features.buffer, scales.buffer, weights.buffer, bias.buffer] as ArrayBuffer[]);
});

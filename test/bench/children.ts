import type { ChildProcess } from "node:child_process";

/** Asks a process of the bench, and resolves to its answer; rejects where it ends instead. */
export function ask<T>(child: ChildProcess, question: object | string): Promise<T> {
  const answer = heard<T>(child);
  child.send(question as object);
  return answer;
}

/** The next thing a process of the bench says. */
export function heard<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A process of the bench ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as T);
    });
  });
}

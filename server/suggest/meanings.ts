import type { Embeddings } from "./embeddings.ts";

/** What nearness of meaning adds to a score, at most. */
export const MEANING = 0.5;
/** A question waits no longer for its vector; it is answered by its words alone then. */
const QUESTION_MS = 250;
const BATCH_MS = 20_000;
const BATCH = 16;
/** After a failure nobody waits for the endpoint for so long. */
const REST_MS = 30_000;

/** The articles' vectors, made in the background, and the nearness of questions to them. */
export interface Meanings {
  add(slot: number, text: string): void;
  remove(slot: number): void;
  /** The vector of a question, or nothing if there is none in time. Never rejects. */
  of(question: string): Promise<Float32Array | undefined>;
  /** Adds, per slot, what nearness of meaning counts for. */
  score(question: Float32Array, into: Float64Array): void;
  close(): void;
}

export function createMeanings(embeddings: Embeddings): Meanings {
  const vectors = new Map<number, Float32Array>();
  const waiting = new Map<number, string>();
  let restsUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let closed = false;

  return {
    add(slot, text) {
      waiting.set(slot, text);
      schedule(0);
    },
    remove(slot) {
      vectors.delete(slot);
      waiting.delete(slot);
    },
    async of(question) {
      if (vectors.size === 0 || performance.now() < restsUntil) return undefined;
      return (await embed([question], QUESTION_MS))?.[0];
    },
    score(question, into) {
      for (const [slot, vector] of vectors) {
        if (vector.length !== question.length) continue;
        let dot = 0;
        for (let i = 0; i < vector.length; i++) dot += (vector[i] as number) * (question[i] as number);
        if (dot > 0) into[slot] = (into[slot] ?? 0) + MEANING * Math.min(1, dot);
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };

  function schedule(ms: number): void {
    if (closed || timer || running || waiting.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = work().finally(() => {
        running = undefined;
        schedule(Math.max(0, restsUntil - performance.now()));
      });
    }, ms);
    timer.unref();
  }

  async function work(): Promise<void> {
    while (waiting.size > 0 && !closed) {
      const batch = [...waiting].slice(0, BATCH);
      const found = await embed(
        batch.map(([, text]) => text),
        BATCH_MS,
      );
      if (!found) return;
      for (const [i, [slot, text]] of batch.entries()) {
        // Changed or removed meanwhile: what came is old.
        if (waiting.get(slot) !== text) continue;
        waiting.delete(slot);
        const vector = found[i];
        if (vector) vectors.set(slot, vector);
      }
    }
  }

  async function embed(texts: readonly string[], patience: number): Promise<Float32Array[] | undefined> {
    const patient = AbortSignal.timeout(patience);
    const { promise: late, reject } = Promise.withResolvers<never>();
    patient.addEventListener("abort", () => reject(new Error("Cannot embed: no answer in time")));
    try {
      // An embedder that does not heed the signal delays nobody either.
      const found = await Promise.race([embeddings.embed(texts, patient), late]);
      return found.map(unit);
    } catch {
      restsUntil = performance.now() + REST_MS;
      return undefined;
    }
  }
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (value) => value / length);
}

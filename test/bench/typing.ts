import { quantile } from "./latency.ts";
import type { Ready } from "./protocol.ts";

/* Somebody types a question into the widget, over HTTP, against the demo's help centre: one request a keystroke. */

const QUESTIONS = [
  "my board is not detected by the IDE",
  "how do I reset my nano",
  "upload fails with access denied",
  "where is my order",
  "connect to the cloud with wifi",
];

/** Milliseconds from the request to the answer, for every keystroke. */
export async function typeQuestions(
  { url, site }: Ready,
  origin: string,
): Promise<{ p50: number; p99: number; n: number }> {
  const ask = async (q: string) => {
    const address = `${url}/api/widget/${site}/suggest?q=${encodeURIComponent(q)}&locale=en`;
    const start = performance.now();
    const answer = await fetch(address, { headers: { origin } });
    await answer.json();
    if (!answer.ok) throw new Error(`Suggestions answered ${answer.status}`);
    return performance.now() - start;
  };
  await ask("warm");
  const took: number[] = [];
  for (const question of QUESTIONS) {
    for (let end = 1; end <= question.length; end++) took.push(await ask(question.slice(0, end)));
  }
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), n: took.length };
}

/** Between two keystrokes of one person. */
const KEYSTROKE_MS = { least: 100, most: 300 };

/**
 * Several people type at once, each at their own pace and one request a keystroke, which is more than a widget sends, as
 * that waits for a pause; with `nothing`, the same requests without the question. Milliseconds from each request to its
 * answer.
 */
export async function typeTogether(
  { url, site }: Ready,
  origin: string,
  questions: readonly string[],
  { typists, seconds, nothing = false }: { typists: number; seconds: number; nothing?: boolean },
): Promise<number[]> {
  const took: number[] = [];
  const end = performance.now() + seconds * 1000;
  const type = async (first: number) => {
    for (let i = first; performance.now() < end; i += typists) {
      const question = questions[i % questions.length] ?? "";
      for (let length = 1; length <= question.length && performance.now() < end; length++) {
        const { least, most } = KEYSTROKE_MS;
        await new Promise((done) => setTimeout(done, least + Math.random() * (most - least)));
        const q = nothing ? "" : encodeURIComponent(question.slice(0, length));
        const start = performance.now();
        const headers = { origin, "x-forwarded-for": `10.0.0.${first}` };
        const answer = await fetch(`${url}/api/widget/${site}/suggest?q=${q}&locale=en`, { headers });
        await answer.json();
        if (!answer.ok) throw new Error(`Suggestions answered ${answer.status}`);
        took.push(performance.now() - start);
      }
    }
  };
  await Promise.all(Array.from({ length: typists }, (_, first) => type(first)));
  return took;
}

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

import { type Importer, reasonOf } from "../desk/articles/articles-import.ts";

export const NDJSON = { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" };

/** A line longer than this is refused, and skipped without being kept. */
const LONGEST_LINE = 2_000_000;
/** Articles between two lines of progress. */
const STEP = 20;

interface Counts {
  created: number;
  updated: number;
  unchanged: number;
}

/** A line of progress, and the last one. `updated` counts what really changed. */
export type Progress =
  | ({ line: number; failed: number } & Counts)
  | ({ done: true; failed: { line: number; why: string }[] } & Counts);

/** Takes in one article a line, as the lines come; one that is refused is named and the rest go on. */
export async function* importLines(importer: Importer, body: ReadableStream<Uint8Array>): AsyncGenerator<Progress> {
  const counts: Counts = { created: 0, updated: 0, unchanged: 0 };
  const failed: { line: number; why: string }[] = [];
  for await (const { line, text } of linesOf(body)) {
    if (text === undefined) failed.push({ line, why: `A line holds at most ${LONGEST_LINE} characters` });
    else if (text.trim() !== "") {
      try {
        counts[await importer.take(parse(text))]++;
      } catch (error) {
        failed.push({ line, why: error instanceof SyntaxError ? "This is no JSON" : reasonOf(error) });
      }
    }
    if (line % STEP === 0) yield { line, ...counts, failed: failed.length };
  }
  await importer.finish();
  yield { done: true, ...counts, failed };
}

/** A stream of JSON lines. Whoever stops reading stops the source. */
export function ndjson(items: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = items[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function parse(text: string): unknown {
  return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<{ line: number; text: string | undefined }> {
  const decoder = new TextDecoder();
  let rest = "";
  let tooLong = false;
  let line = 0;
  for await (const chunk of body) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    for (const [index, part] of parts.entries()) {
      if (!tooLong) rest += part;
      if (rest.length > LONGEST_LINE) {
        tooLong = true;
        rest = "";
      }
      if (index === parts.length - 1) break;
      yield { line: ++line, text: tooLong ? undefined : rest };
      rest = "";
      tooLong = false;
    }
  }
  rest += decoder.decode();
  if (rest !== "" || tooLong) yield { line: ++line, text: tooLong ? undefined : rest };
}

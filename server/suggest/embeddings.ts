/** A port: whatever turns texts into vectors whose angle says how near their meanings are. Off by default. */
export interface Embeddings {
  /** One vector a text, in order. Gives up when the signal says so. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}

/**
 * An endpoint that speaks as OpenAI's `/v1/embeddings` does, which most servers of models do:
 * `https://KEY@host/v1/embeddings?model=NAME`. The key, if any, travels in the header, never in the address.
 */
export function createHttpEmbeddings(address: string): Embeddings {
  const url = new URL(address);
  const key = decodeURIComponent(url.password || url.username);
  const model = url.searchParams.get("model") ?? "";
  url.username = "";
  url.password = "";
  url.searchParams.delete("model");

  return {
    async embed(texts, signal) {
      const answer = await fetch(url, {
        method: "POST",
        signal,
        headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ input: texts, ...(model && { model }) }),
      });
      if (!answer.ok) throw new Error(`Cannot embed: the endpoint answered ${answer.status}`);
      const { data } = (await answer.json()) as { data: { index: number; embedding: number[] }[] };
      if (data.length !== texts.length) throw new Error("Cannot embed: the endpoint left texts out");
      return data.toSorted((one, other) => one.index - other.index).map(({ embedding }) => embedding);
    },
  };
}

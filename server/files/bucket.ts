import { openAsBlob } from "node:fs";
import { AwsClient } from "aws4fetch";
import type { Blobs } from "./blobs.ts";

/** How long a bucket may take to begin an answer. */
const ANSWER_WITHIN_MS = 30_000;
const TRIES_AGAIN = 2;

/** A bucket and the key to it, as `FILES_URL` says. */
export interface Bucket {
  /** `https://host/bucket/prefix`, without a slash at the end. */
  readonly address: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/**
 * Reads `s3://KEY:SECRET@host[:port]/bucket[/prefix][?region=…&tls=off]`. Returns nothing where that is no such address.
 */
export function readBucket(text: string): Bucket | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, host, pathname, searchParams } = new URL(text);
  const path = pathname.replace(/^\/+|\/+$/g, "");
  if (protocol !== "s3:" || !username || !password || !host || !path) return undefined;
  return {
    address: `${searchParams.get("tls") === "off" ? "http" : "https"}://${host}/${path}`,
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    region: searchParams.get("region") ?? "us-east-1",
  };
}

/** Files in a bucket that speaks S3, addressed by path: Amazon's own, R2, MinIO, Garage, Ceph. */
export function createBucketBlobs({ address, ...access }: Bucket, incoming: string): Blobs {
  const client = new AwsClient({ ...access, service: "s3", retries: TRIES_AGAIN });
  const ask = async (method: string, name: string, init: RequestInit = {}) => {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await client.fetch(`${address}/${name}`, { method, signal, ...init });
    if (response.ok || response.status === 404) return response;
    // What a bucket answers may tell of its key: only the kind of refusal goes on.
    await response.body?.cancel();
    throw new Error(`Cannot ${method} in the bucket: it answered ${response.status}`);
  };
  return {
    incoming,
    async put(name, from, type) {
      const body = await openAsBlob(from, { type });
      const response = await ask("PUT", name, { body, signal: AbortSignal.timeout(10 * ANSWER_WITHIN_MS) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`Cannot PUT in the bucket: it answered ${response.status}`);
    },
    async get(name) {
      const response = await ask("GET", name, { signal: AbortSignal.timeout(10 * ANSWER_WITHIN_MS) });
      if (response.status === 404 || !response.body) {
        await response.body?.cancel();
        return undefined;
      }
      return { size: Number(response.headers.get("content-length")), body: response.body };
    },
    async remove(name) {
      await (await ask("DELETE", name)).body?.cancel();
    },
  };
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BucketServer, openBucket } from "../../test/support/bucket-server.ts";
import { type Blobs, createDiskBlobs } from "./blobs.ts";
import { createBucketBlobs, readBucket } from "./bucket.ts";

const NAME = "0197a000-0000-7000-8000-00000000000a";

let folder: string;
let server: BucketServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deskbell-blobs-"));
  server = await openBucket();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const inBucket = (url: string) => {
  const bucket = readBucket(url);
  if (!bucket) throw new Error(`No bucket: ${url}`);
  return createBucketBlobs(bucket, join(folder, "incoming"));
};
const places: [string, () => Blobs][] = [
  ["a folder", () => createDiskBlobs(join(folder, "files"))],
  ["a bucket", () => inBucket(server.url)],
];

describe.each(places)("%s", (_name, open) => {
  test("gives back what was put, until it is removed, however often", async () => {
    const blobs = open();
    const from = join(folder, "upload");
    await writeFile(from, "some words");
    await blobs.put(NAME, from, "text/plain");
    const found = await blobs.get(NAME);
    expect(found?.size).toBe(10);
    expect(await new Response(found?.body).text()).toBe("some words");
    await blobs.remove(NAME);
    expect(await blobs.get(NAME)).toBeUndefined();
    await blobs.remove(NAME);
  });
});

test("A bucket keeps files under its prefix, and every request was signed", async () => {
  const blobs = inBucket(server.url);
  await writeFile(join(folder, "other"), "more words");
  await blobs.put(NAME, join(folder, "other"), "text/plain");
  expect(server.objects.get(`/desk/files/${NAME}`)).toMatchObject({ type: "text/plain" });
  expect(server.refused).toEqual([]);
});

test("A wrong key is refused by the bucket; the error tells the status, and nothing of the key", async () => {
  const blobs = inBucket(server.url.replace("secret", "sekret"));
  await writeFile(join(folder, "third"), "words");
  const failed = await blobs.put(NAME, join(folder, "third"), "text/plain").catch(String);
  expect(failed).toBe("Error: Cannot PUT in the bucket: it answered 403");
  expect(server.refused).toContain("another signature");
});

test.each([
  [
    "s3://KEY:SECRET@s3.eu-central-1.amazonaws.com/bucket?region=eu-central-1",
    "https://s3.eu-central-1.amazonaws.com/bucket",
  ],
  ["s3://KEY:SE%2FCRET@minio:9000/bucket/desk/?tls=off", "http://minio:9000/bucket/desk"],
  ["s3://s3.example.com/bucket", undefined],
  ["s3://KEY:SECRET@s3.example.com", undefined],
  ["https://KEY:SECRET@s3.example.com/bucket", undefined],
  ["bucket", undefined],
])("%s is read as %s", (text, address) => {
  expect(readBucket(text)?.address).toBe(address);
});

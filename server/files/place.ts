import { join } from "node:path";
import { type Blobs, createDiskBlobs } from "./blobs.ts";
import { createBucketBlobs, readBucket } from "./bucket.ts";

/** Where the bytes of files lie: in the data directory, or in a bucket. */
export function blobsOf({ dataDir, filesUrl }: { dataDir: string; filesUrl: string | undefined }): Blobs {
  const folder = join(dataDir, "files");
  const bucket = filesUrl === undefined ? undefined : readBucket(filesUrl);
  return bucket ? createBucketBlobs(bucket, join(folder, "incoming")) : createDiskBlobs(folder);
}

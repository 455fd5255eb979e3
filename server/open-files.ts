import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createFiles, type Files } from "./desk/files/files.ts";
import type { Blobs } from "./files/blobs.ts";
import { blobsOf } from "./files/place.ts";
import type { Store } from "./store/port.ts";

/** Files as the server has them, for a command that runs beside it. */
export function openFiles(store: Store, config: Config): { files: Files; blobs: Blobs } {
  const home = config.publicUrl ?? `http://localhost:${config.port}`;
  const blobs = blobsOf(config);
  return { blobs, files: createFiles({ store, clock: systemClock, home: () => home, blobs }) };
}

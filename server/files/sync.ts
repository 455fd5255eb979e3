import { open } from "node:fs/promises";

/** Has a file, or the names in a folder, written where a power cut does not take them. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import type { FileCard } from "../protocol/event.ts";
import { lost } from "./connection.ts";
import { refusal } from "./http.ts";
import type { Answer } from "./ports.ts";

/** Sends one file to an address of the server as a form, same origin. A lost connection is a fault, never an exception. */
export type Upload = (path: string, file: File) => Promise<Answer<{ readonly file: FileCard }>>;

export function createUpload(call: typeof fetch): Upload {
  return async (path, file) => {
    const form = new FormData();
    form.set("file", file);
    try {
      const response = await call(path, { method: "POST", credentials: "same-origin", body: form });
      if (!response.ok) return { ok: false, fault: await refusal(response) };
      return { ok: true, value: (await response.json()) as { file: FileCard } };
    } catch {
      return { ok: false, fault: lost() };
    }
  };
}

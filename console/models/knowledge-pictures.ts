import { saidOf } from "../sentences/faults.ts";
import type { Upload } from "../upload.ts";
import type { Session } from "./session.ts";
import type { Toasts } from "./toasts.ts";

/** Pictures of articles. */
export interface Pictures {
  /** Uploads one; answers its Markdown, or nothing where that failed, which is said. */
  put(file: File): Promise<string | undefined>;
}

export function createPictures(upload: Upload, session: Session, toasts: Toasts): Pictures {
  return {
    async put(file) {
      const site = session.site.peek()?.id;
      const answer = await upload(`/api/sites/${site}/files?for=article`, file);
      if (answer.ok) return `![${altOf(file.name)}](${answer.value.file.url})`;
      toasts.show((t) => saidOf(answer.fault, t));
      return undefined;
    },
  };
}

/** A file's name says little, and more than nothing: it is there to be written over. */
function altOf(name: string): string {
  return name
    .replace(/\.[^.]*$/, "")
    .replace(/[[\]\\]/g, "")
    .replace(/[-_]+/g, " ")
    .trim();
}

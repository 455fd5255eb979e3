import { type ReadonlySignal, signal } from "@preact/signals";
import { v7 } from "uuid";
import type { FileCard } from "../../protocol/event.ts";
import type { Fault } from "../../protocol/fault.ts";
import { fault } from "../../protocol/faults.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Session } from "./session.ts";

/** A file of a reply that is on its way to the server, or could not go. */
export interface Going {
  readonly id: string;
  readonly conversation: ConversationId;
  readonly file: File;
  /** 0 to 1. */
  readonly done: number;
  readonly fault?: Fault;
}

/** Files for replies: sent as soon as they are chosen, so that they are there when the words are; kept with the draft. */
export interface Uploads {
  readonly going: ReadonlySignal<readonly Going[]>;
  add(conversation: ConversationId, files: readonly File[]): void;
  /** The same again, under the same id. */
  again(id: string): void;
  /** Stops it, or forgets what failed. */
  drop(id: string): void;
  /** Sends anew, under new ids, what this page has sent before. Returns the names of what it does not have any more. */
  anew(conversation: ConversationId, files: readonly FileCard[]): readonly string[];
  /** These are not asked for again. */
  forget(files: readonly FileCard[]): void;
  dispose(): void;
}

/** `came` takes what has arrived. */
export function createUploads(
  session: Session,
  came: (conversation: ConversationId, file: FileCard) => void,
  open: () => XMLHttpRequest = () => new XMLHttpRequest(),
): Uploads {
  const going = signal<readonly Going[]>([]);
  const requests = new Map<string, XMLHttpRequest>();
  /** What has arrived, by its id. */
  const sent = new Map<string, File>();

  const change = (id: string, part: Partial<Going>) => {
    going.value = going.peek().map((one) => (one.id === id ? { ...one, ...part } : one));
  };
  const drop = (id: string) => {
    requests.get(id)?.abort();
    requests.delete(id);
    going.value = going.peek().filter((one) => one.id !== id);
  };

  function send({ id, conversation, file }: Going) {
    const request = open();
    requests.set(id, request);
    request.upload.onprogress = ({ loaded, total }) => change(id, { done: loaded / total });
    request.onload = () => {
      const answer = read(request);
      if ("file" in answer) {
        drop(id);
        sent.set(answer.file.id, file);
        came(conversation, answer.file);
      } else change(id, { fault: answer.fault });
    };
    request.onerror = () => change(id, { fault: fault("unavailable", "No connection") });
    request.open("POST", `/api/sites/${session.site.peek()?.id}/files`);
    const form = new FormData();
    form.set("id", id);
    form.set("file", file);
    request.send(form);
  }

  function add(conversation: ConversationId, files: readonly File[]) {
    for (const file of files) {
      const one: Going = { id: v7(), conversation, file, done: 0 };
      going.value = [...going.peek(), one];
      send(one);
    }
  }

  return {
    going,
    add,
    again(id) {
      const found = going.peek().find((one) => one.id === id);
      if (!found) return;
      const { fault: _, ...one } = found;
      going.value = going.peek().map((other) => (other.id === id ? { ...one, done: 0 } : other));
      send(one);
    },
    drop,
    anew(conversation, files) {
      const known = files.flatMap(({ id }) => sent.get(id) ?? []);
      add(conversation, known);
      return files.filter(({ id }) => !sent.has(id)).map(({ name }) => name);
    },
    forget(files) {
      for (const { id } of files) sent.delete(id);
    },
    dispose() {
      for (const request of requests.values()) request.abort();
    },
  };
}

function read({ status, responseText }: XMLHttpRequest): { file: FileCard } | { fault: Fault } {
  try {
    const body = JSON.parse(responseText);
    if (status < 300) return body;
    if (body.fault) return body;
  } catch {
    // A proxy's own page.
  }
  const message = `The server answered ${status}`;
  return {
    fault: status === 413 ? fault("too-large", message) : fault(status < 500 ? "invalid" : "unavailable", message),
  };
}

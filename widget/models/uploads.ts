import type { VisitorCommand } from "../../protocol/command.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { Answered } from "../../protocol/link.ts";
import { type FileLimits, surelyRefused } from "../../ui/file-kinds.ts";
import type { App } from "../app.ts";
import { type Signal, signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import { uuid7 } from "../uuid7.ts";
import { createVault } from "./files-vault.ts";

/** As many as one message carries. */
const MOST = 10;
const MEGABYTE = 1_000_000;
const AGAIN_MS = 1_000;
/** An upload that neither moves nor is answered for so long goes by a line that is dead; all that was written later waits. */
const SILENT_MS = 45_000;
/** What is larger goes in pieces: a line that breaks costs no more than one. Under what most proxies let through. */
const PIECE = MEGABYTE;

type Post = Extract<VisitorCommand, { type: "post" }>;
export type Wrong = "tooBig" | "type" | "pixels" | "unread" | "tooMany" | "gone";

/** A file of the visitor's that is to go with a message, or is on its way. */
export interface Held {
  id: string;
  name: string;
  size: number;
  blob?: Blob | undefined;
  /** A picture as large as it is shown, drawn here: a strict page shows no blob by its address. */
  picture: Signal<ImageBitmap | undefined>;
  /** Of the upload, 0 to 1. */
  done: Signal<number | undefined>;
  wrong: Signal<Wrong | undefined>;
  /** Some of it may be at the server. */
  begun: boolean;
}

type Answer = { failed: Fault | undefined } | { received: number };

/**
 * Files on their way: chosen, kept beside the outbox until their message is acknowledged, and sent before it under the
 * same ids, again after a reload. The server takes an id it has seen for the same file.
 */
export function createUploads(app: App) {
  const { storage, draft, desk, config, site } = app;
  const vault = createVault(storage, config.options.site);
  const known = new Map<string, Held>();
  const refused = signal<readonly Held[]>([]);
  const running = new Map<string, XMLHttpRequest>();
  /** Messages whose files the server was told of once more. */
  const retold = new Set<string>();

  const limits = (): FileLimits => site.config.value?.files ?? { types: [], megabytes: 0 };

  function hold(id: string, kept: { name: string; size: number; blob?: Blob | undefined }): Held {
    const { name, size, blob } = kept;
    const held: Held = {
      id,
      name,
      size,
      blob,
      picture: signal(undefined),
      done: signal(undefined),
      wrong: signal(undefined),
      begun: false,
    };
    known.set(id, held);
    if (blob?.type.startsWith("image/"))
      createImageBitmap(blob, { imageOrientation: "from-image" }).then(
        (picture) => {
          held.picture.value = picture;
        },
        () => {},
      );
    return held;
  }

  /** A file by its id, from before a reload too. */
  async function find(id: string): Promise<Held> {
    const there = known.get(id);
    if (there) return there;
    const kept = await vault.get(id);
    const held = known.get(id) ?? hold(id, kept ?? { name: "", size: 0 });
    held.begun = true;
    if (!held.blob) held.wrong.value = "gone";
    return held;
  }

  /** Takes files from wherever they were dropped, pasted or chosen; says of each why it is not taken. */
  function stage(files: readonly File[]) {
    const fresh: string[] = [];
    refused.value = [];
    for (const file of files) {
      const id = uuid7();
      const { name, size } = file;
      const wrong: Wrong | undefined =
        size > limits().megabytes * MEGABYTE
          ? "tooBig"
          : surelyRefused(limits(), file)
            ? "type"
            : draft.files.peek().length + fresh.length >= MOST
              ? "tooMany"
              : undefined;
      const held = hold(id, { name, size, blob: wrong ? undefined : file });
      held.wrong.value = wrong;
      if (wrong) refused.value = [...refused.peek(), held];
      else fresh.push(id);
    }
    draft.hold([...draft.files.peek(), ...fresh]);
    for (const id of fresh) vault.put(id, known.get(id) as Held);
  }

  function unstage(id: string) {
    refused.value = refused.peek().filter((held) => held.id !== id);
    draft.hold(draft.files.peek().filter((other) => other !== id));
    known.delete(id);
    vault.remove(id);
  }

  async function deliver(post: Post, send: (post: Post) => Promise<Answered>): Promise<Answered> {
    refused.value = [];
    for (const id of post.files ?? []) {
      const held = await find(id);
      const failed = held.done.peek() === 1 ? undefined : await upload(held);
      if (failed) return { ok: false, fault: failed, ...(failed === UNHEARD && { unheard: "file" }) };
    }
    const reply = await send(post);
    // A server that has forgotten an upload hears it again at the next try, and once: what another tab sent before, with
    // the same draft, it would not take in any number of tries, and all that was written later would wait for ever.
    const files = !reply.ok && reply.fault.field === "files" && !retold.has(post.id) ? post.files : undefined;
    if (!reply.ok && files?.some((id) => known.get(id)?.done.peek() === 1)) {
      retold.add(post.id);
      for (const id of files) {
        const held = known.get(id);
        if (held) held.done.value = undefined;
      }
      return { ok: false, fault: fault("unavailable", reply.fault.message) };
    }
    return reply;
  }

  /** Returns why it failed. */
  async function upload(held: Held): Promise<Fault | undefined> {
    const { size, blob, done, wrong } = held;
    if (!blob) return fault("not-found", "The file is gone");
    done.value = 0;
    wrong.value = undefined;
    let from = 0;
    // Where some of it may be there, the server is asked first how much.
    let bytes = size > PIECE ? (held.begun ? 0 : PIECE) : undefined;
    held.begun = true;
    let answer = await send(held, blob, from, bytes);
    while ("received" in answer) {
      // Several machines that each have some of it would ask for ever: any one takes it whole.
      const stuck = bytes && answer.received <= from;
      bytes = stuck ? undefined : PIECE;
      from = stuck ? 0 : answer.received;
      answer = await send(held, blob, from, bytes);
    }
    const { failed } = answer;
    done.value = failed ? undefined : 1;
    if (failed !== UNHEARD || (await readable(blob))) return failed;
    const copy = (await vault.get(held.id))?.blob;
    if (await readable(copy)) {
      held.blob = copy;
      return upload(held);
    }
    wrong.value = "unread";
    return fault("invalid", "The file cannot be read any more");
  }

  /** A file, or so many bytes of it. */
  function send({ id, name, size, done, wrong }: Held, blob: Blob, from: number, bytes?: number): Promise<Answer> {
    return new Promise((settle) => {
      const request = new XMLHttpRequest();
      running.set(id, request);
      let silent: ReturnType<typeof setTimeout>;
      const end = (answer: Answer) => {
        clearTimeout(silent);
        running.delete(id);
        settle(answer);
      };
      const moved = () => {
        clearTimeout(silent);
        silent = setTimeout(() => {
          end({ failed: UNHEARD });
          request.abort();
        }, SILENT_MS);
      };
      request.upload.onprogress = ({ loaded }) => {
        moved();
        done.value = Math.min(0.99, (from + loaded) / size);
      };
      request.onload = () => {
        const received = receivedOf(request);
        if (received !== undefined) return end({ received });
        const failed = request.status < 300 ? undefined : faultOf(request);
        if (failed?.retry === "never") wrong.value = wrongOf(failed);
        end({ failed });
      };
      request.onerror = () => end({ failed: UNHEARD });
      request.onabort = () => end({ failed: fault("invalid", "Cancelled") });
      const piece = bytes === undefined ? "" : `?from=${from}&size=${size}`;
      request.open("POST", `${config.host}/api/widget/${config.options.site}/files${piece}`);
      request.setRequestHeader("authorization", `Bearer ${storage.get("token")}`);
      const form = new FormData();
      form.set("id", id);
      form.set("file", bytes === undefined ? blob : blob.slice(from, from + bytes), name);
      moved();
      request.send(form);
    });
  }

  // Nothing is opened, let alone stored, where nobody ever chose a file.
  if (storage.get("files"))
    void vault.ids().then((ids) => {
      const wanted = new Set([...draft.files.peek(), ...filesOf(storage)]);
      for (const id of ids) if (!wanted.has(id) && !known.has(id)) vault.remove(id);
    });

  return {
    limits,
    find,
    stage,
    unstage,
    deliver,
    /** Chosen, and not taken. */
    refused,
    /** Takes a message back whose files are on their way; its words return to the field. */
    cancel(key: string, files: readonly string[]) {
      for (const id of files) running.get(id)?.abort();
      // After the outbox has heard of it.
      setTimeout(() => {
        draft.set([desk.made.peek()?.outbox.takeBack(key), draft.text.peek()].filter(Boolean).join("\n"));
        for (const id of files) unstage(id);
        app.focus.value += 1;
      });
    },
  };
}

const all = new WeakMap<App, Uploads>();

/** Those of a widget, made at the first need. */
export function uploadsOf(app: App): Uploads {
  const made = all.get(app) ?? createUploads(app);
  all.set(app, made);
  return made;
}

export type Uploads = ReturnType<typeof createUploads>;

/** Made here: what makes them elsewhere would have to come before a chat is open. */
function fault(code: Fault["code"], message: string): Fault {
  const retry = code === "unavailable" ? "after" : "never";
  return { code, message, retry, ...(retry === "after" && { afterMs: AGAIN_MS }) };
}

/** Of all messages that the outbox keeps. */
function filesOf(storage: Storage): readonly string[] {
  return storage.keys("out:").flatMap((key) => storage.get<{ post?: Post }>(key)?.post?.files ?? []);
}

const UNHEARD = fault("unavailable", "No connection");

/** What lies in a cloud, or was changed after it was chosen, ends as if there were no connection, and would for ever. */
async function readable(blob: Blob | undefined): Promise<boolean> {
  try {
    await blob?.slice(0, 1).arrayBuffer();
    return blob !== undefined;
  } catch {
    return false;
  }
}

/** How much of a file is there, where something is missing. */
function receivedOf({ responseText, status }: XMLHttpRequest): number | undefined {
  try {
    const { received } = JSON.parse(responseText);
    return status === 202 && received >= 0 ? received : undefined;
  } catch {
    // Somebody else's page.
  }
}

function faultOf({ responseText, status }: XMLHttpRequest): Fault {
  try {
    const { fault: said } = JSON.parse(responseText);
    if (said.retry) return said;
  } catch {
    // Somebody else's page: told by its status.
  }
  if (status === 413) return fault("too-large", "Too large");
  return status < 500 && status !== 429 ? fault("invalid", `${status}`) : fault("unavailable", `${status}`);
}

function wrongOf({ code, field }: Fault): Wrong {
  if (field === "pixels") return "pixels";
  if (code === "too-large") return "tooBig";
  return field === "type" || code === "forbidden" ? "type" : "unread";
}

import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { SMTPServer } from "smtp-server";

/* A real SMTP server that keeps what it is given, and one that never says anything. */

export interface Received {
  readonly to: readonly string[];
  /** By their names in lower case, decoded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
}

export interface Postbox {
  readonly url: string;
  readonly received: readonly Received[];
  /** Answers the next letters like this, until told otherwise. */
  refuse(code: number | undefined): void;
  /** Waits for so many letters in all, or to one address, and gives those. */
  until(count: number, to?: string): Promise<readonly Received[]>;
  close(): Promise<void>;
}

const WITHIN_MS = 15_000;

export async function openPostbox(): Promise<Postbox> {
  const received: Received[] = [];
  const arrivals = new Set<() => void>();
  let refusal: number | undefined;
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo(_address, _session, done) {
      if (refusal === undefined) return done();
      done(Object.assign(new Error("Not now"), { responseCode: refusal }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, ...parse(Buffer.concat(chunks).toString("utf8")) });
        done();
        for (const arrived of arrivals) arrived();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse(code) {
      refusal = code;
    },
    async until(count, to) {
      const letters = () => (to === undefined ? received : received.filter((letter) => letter.to.includes(to)));
      if (letters().length >= count) return letters();
      return new Promise((resolve, reject) => {
        const lost = setTimeout(() => reject(new Error(`${letters().length} of ${count} letters came`)), WITHIN_MS);
        const look = () => {
          if (letters().length < count) return;
          clearTimeout(lost);
          arrivals.delete(look);
          resolve(letters());
        };
        arrivals.add(look);
      });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Takes connections and says nothing, for ever. */
export async function openSilence(): Promise<{ url: string; readonly connections: number; close(): Promise<void> }> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    get connections() {
      return sockets.size;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function parse(raw: string): Omit<Received, "to"> {
  const { headers, body } = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get("content-type") ?? "")?.[1];
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map(split) : [{ headers, body }];
  const of = (type: string) => {
    const part = parts.find((one) => one.headers.get("content-type")?.startsWith(type));
    return part ? decoded(part.body, part.headers.get("content-transfer-encoding")) : "";
  };
  return { headers, text: of("text/plain"), html: of("text/html") };
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const [head = "", ...rest] = raw.replace(/^\r\n/, "").split("\r\n\r\n");
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")).toLowerCase(),
      words(line.slice(line.indexOf(":") + 1).trim()),
    ]),
  );
  return { headers, body: rest.join("\r\n\r\n").trim() };
}

/** RFC 2047. */
function words(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_, kind: string, coded: string) =>
      kind.toLowerCase() === "b" ? Buffer.from(coded, "base64").toString() : quoted(coded.replace(/_/g, " ")),
    );
}

function decoded(body: string, encoding = "7bit"): string {
  const text =
    encoding === "base64"
      ? Buffer.from(body, "base64").toString()
      : encoding === "quoted-printable"
        ? quoted(body)
        : body;
  return text.replace(/\r\n/g, "\n");
}

function quoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

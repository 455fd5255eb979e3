import fc from "fast-check";
import { SHOP } from "../support/desk.ts";
import { mutated } from "./garbage.ts";
import type { Setting } from "./storm.ts";

/* What arrives at a port: requests, near misses of some, several at once, and bytes that were never meant to be one. */

const HOST = "Host: desk.example\r\n";
const HUGE = 20_000;

/** Bytes for one connection, where they are cut into packets, and how the client leaves. */
export interface Knock {
  readonly bytes: Buffer;
  readonly cuts: readonly number[];
  readonly leaves: Leaves;
}

/** Says that nothing more comes, is gone, or breaks off. */
export type Leaves = "end" | "destroy" | "reset";
/** Mostly the one that hears the answer. */
export const leaves = fc.constantFrom<Leaves>("end", "end", "end", "destroy", "reset");

export function knocks(setting: Setting): fc.Arbitrary<Knock> {
  const valid = requests(setting);
  const one = fc.oneof(
    { weight: 5, arbitrary: mutated(valid) },
    { weight: 3, arbitrary: fc.constantFrom(...odd(valid)) },
    { weight: 1, arbitrary: fc.constantFrom(...valid) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  );
  const text = fc.array(one, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
  const cuts = fc.array(fc.nat({ max: HUGE }), { maxLength: 2 });
  return fc.tuple(text, turns, cuts, leaves).map(([text, turns, cuts, leaves]) => ({
    bytes: turned(Buffer.from(text), turns),
    cuts: cuts.toSorted((one, other) => one - other),
    leaves,
  }));
}

/** Which bytes become others: mostly none. */
export const turns = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }) },
);

export function turned(bytes: Buffer, turns: readonly (readonly [at: number, to: number])[]): Buffer {
  if (bytes.length > 0) for (const [at, to] of turns) bytes[at % bytes.length] = to;
  return bytes;
}

function requests({ conversation, token, owner, ids }: Setting): string[] {
  const widget = `/api/widget/${ids.key}`;
  const read = JSON.stringify({ type: "read", conversation, seq: 1 });
  const article = JSON.stringify({ title: "Fuzz", body: "x", locale: "en", slug: "fuzz" });
  const upload = [
    "--edge",
    'Content-Disposition: form-data; name="file"; filename="a.txt"',
    "Content-Type: text/plain",
    "",
    "Hello",
    "--edge--",
    "",
  ].join("\r\n");
  const polling = "/socket.io/?EIO=4&transport=polling";
  return [
    request("GET", "/healthz"),
    request("GET", "/console/"),
    request("GET", `${widget}/suggest?q=returns&limit=3`),
    request("GET", `${widget}/conversations/${conversation}/events?after=0`, { authorization: `Bearer ${token}` }),
    request("OPTIONS", `${widget}/commands`, { "access-control-request-method": "POST" }),
    request("POST", `${widget}/commands`, { authorization: `Bearer ${token}` }, read),
    request("POST", `${widget}/commands`, { authorization: `Bearer ${token}` }, read, "chunked"),
    request("POST", `${widget}/visitors`, {}, "{}"),
    request(
      "POST",
      `${widget}/files`,
      { authorization: `Bearer ${token}`, "content-type": "multipart/form-data; boundary=edge" },
      upload,
      "chunked",
    ),
    request(
      "POST",
      `/api/sites/${ids.id}/articles/import`,
      { authorization: `Bearer ${owner}`, "content-type": "application/x-ndjson" },
      article,
      "chunked",
    ),
    request("GET", "/api/agents", { authorization: `Bearer ${owner}` }),
    request("GET", polling),
    request("OPTIONS", polling, { "access-control-request-headers": "x" }),
    request("POST", `${polling}&sid=AAAAAAAAAAAAAAAAAAAA`, { "content-type": "text/plain" }, "40/visitor,{}"),
    upgrade(),
  ];
}

/** The request that opens a WebSocket. */
export function upgrade(origin = SHOP, more = ""): string {
  return [
    `GET /socket.io/?EIO=4&transport=websocket${more} HTTP/1.1`,
    "Host: desk.example",
    `Origin: ${origin}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "",
    "",
  ].join("\r\n");
}

function request(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = "",
  length: "counted" | "chunked" = "counted",
): string {
  const size = Buffer.byteLength(body);
  const framing = length === "chunked" ? { "transfer-encoding": "chunked" } : { "content-length": String(size) };
  const all = { origin: SHOP, ...(body && { "content-type": "application/json", ...framing }), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const sent = body && length === "chunked" ? `${size.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
  return `${method} ${path} HTTP/1.1\r\n${HOST}${lines.join("")}\r\n${sent}`;
}

/** By hand, what mutation finds too seldom. */
function odd(valid: readonly string[]): string[] {
  const post = (headers: string, body = "") => `POST /api/session HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;
  const get = (target: string, headers = HOST, version = "HTTP/1.1") => `GET ${target} ${version}\r\n${headers}\r\n`;
  return [
    // A body of another length than was said.
    ...["-1", "0", "1e3", "99999999999999999999", "5, 5", "+5", "5\r\nContent-Length: 6", "0x5", ""].map((length) =>
      post(`Content-Length: ${length}\r\n`, "{}"),
    ),
    post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    ...["gzip, chunked", "chunked, identity", "chunked\r\nTransfer-Encoding: x", "\x0bchunked", "xchunked"].map(
      (coding) => post(`Transfer-Encoding: ${coding}\r\n`, "2\r\n{}\r\n0\r\n\r\n"),
    ),
    // Chunks that are none.
    ...[
      "ffffffffffffffffff\r\n",
      "-1\r\n{}\r\n",
      "2;a=b\r\n{}\r\n0\r\nTrailer: x\r\n\r\n",
      "2\n{}\n0\n\n",
      "2\r\n{}",
      "g\r\n",
      `2;${"x".repeat(HUGE)}\r\n{}\r\n`,
      "0\r\nContent-Length: 7\r\n\r\n",
    ].map((chunks) => post("Transfer-Encoding: chunked\r\n", chunks)),
    // Header blocks.
    get("/", ""),
    get("/", "Host: a\r\nHost: b\r\n"),
    get("/", "Host: a b/?#@\r\n"),
    get("/", `Host: ${"x".repeat(5_000)}\r\n`),
    get("/", "Host: \xff\r\n"),
    ...["1.2.3.4.5", "desk.0x", "[::1", "desk:99999"].map((host) =>
      post("Content-Length: 2\r\n", "{}").replace("desk.example", host),
    ),
    get("/", `${HOST}X: ${"x".repeat(HUGE)}\r\n`),
    get("/", `${HOST}${"X: y\r\n".repeat(3_000)}`),
    get("/", `${HOST} folded\r\n`),
    get("/", `${HOST}X\0: y\r\n`),
    get("/", `${HOST}Cookie: ${"deskbell_session=%;".repeat(200)}\r\n`),
    get("/api/session", `${HOST}Authorization: Bearer \r\nCookie: deskbell_session=\x80\r\n`),
    get("/api/session", `${HOST}Expect: 100-continue\r\n`),
    get("/api/session", `${HOST}Expect: nothing\r\n`),
    get("/widget.js", `${HOST}Range: bytes=9-1,-5,a\r\nIf-None-Match: "\r\nAccept-Encoding: ;q=\r\n`),
    get("/healthz", `${HOST}Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n`),
    get("/healthz", "Host: x\n\n"),
    // Targets.
    ...[
      "*",
      "//",
      "///x",
      "http://evil.example/",
      "http://",
      "/%",
      "/%00",
      "/\\",
      "/?%",
      "?",
      "/api/widget/%ff",
      "/socket.io/?EIO=4&transport=polling&sid=__proto__",
      "/socket.io/?EIO=3&transport=polling",
      "/socket.io/?transport=constructor&EIO=4",
      "/socket.io/?__proto__=1&EIO=4&transport=polling&j=0",
      "/socket.io//\\\\?EIO=4",
      `/${"x".repeat(HUGE)}`,
    ].map((target) => get(target)),
    get("/", HOST, "HTTP/0.9"),
    get("/", HOST, "HTTP/9.9"),
    get("/", HOST, "ICY/1.0"),
    "GET /\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT desk.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
    "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
    "\r\n\r\n\r\n",
    // A socket, and what no socket says.
    upgrade("https://evil.example"),
    upgrade(SHOP, "&sid=__proto__"),
    upgrade().replace("GET", "POST"),
    upgrade().replace("transport=websocket", "transport=polling"),
    upgrade().replace("Version: 13", "Version: 7"),
    upgrade().replace(/Key: .*/, "Key: x"),
    `${upgrade()}\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff`,
    `${upgrade()}GET / HTTP/1.1\r\n\r\n`,
    // The beginning of one that never ends.
    ...valid.map((text) => text.slice(0, text.length / 2)),
  ];
}

import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * A bucket that speaks as much of S3 as we use, and believes nobody: each request's signature is worked out anew by
 * Amazon's published rules (Signature Version 4), and the body must be the one that was signed.
 */

export interface BucketServer {
  /** For `FILES_URL`. */
  readonly url: string;
  readonly objects: Map<string, { body: Buffer; type: string }>;
  /** Why requests were refused. */
  readonly refused: string[];
  close(): Promise<void>;
}

const KEY = "AKIDTEST";
const SECRET = "a secret/with+signs";
const REGION = "eu-central-1";

export async function openBucket(secret = SECRET): Promise<BucketServer> {
  const objects = new Map<string, { body: Buffer; type: string }>();
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const wrong = whyNot(request, body);
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (wrong) {
      refused.push(wrong);
      response.writeHead(403).end(`<Error><Code>SignatureDoesNotMatch</Code><Key>${KEY}</Key></Error>`);
    } else if (request.method === "PUT") {
      objects.set(path, { body, type: request.headers["content-type"] ?? "" });
      response.writeHead(200).end();
    } else if (request.method === "DELETE") {
      objects.delete(path);
      response.writeHead(204).end();
    } else {
      const found = objects.get(path);
      if (found) response.writeHead(200, { "content-length": found.body.length }).end(found.body);
      else response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `s3://${KEY}:${encodeURIComponent(secret)}@127.0.0.1:${port}/desk/files?region=${REGION}&tls=off`,
    objects,
    refused,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
function whyNot(request: IncomingMessage, body: Buffer): string | undefined {
  const { authorization = "", ...headers } = request.headers;
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!parts) return `no signature: ${authorization}`;
  const [, key, day = "", region = "", names = "", signature] = parts;
  if (key !== KEY || region !== REGION) return "another key or region";
  const at = String(headers["x-amz-date"]);
  const sum = String(headers["x-amz-content-sha256"]);
  if (!names.split(";").includes("host") || !at.startsWith(day)) return "what must be signed is not";
  if (sum !== "UNSIGNED-PAYLOAD" && sum !== hash(body)) return "another body than was signed";
  if (request.method === "PUT" && request.headers["content-length"] === undefined) return "length required";
  const url = new URL(request.url ?? "", "http://bucket");
  const signed = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, url.search.slice(1), signed.join(""), names, sum].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", at, scope, hash(canonical)].join("\n");
  const secret = [day, region, "s3", "aws4_request"].reduce<Buffer>(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    Buffer.from(`AWS4${SECRET}`),
  );
  return createHmac("sha256", secret).update(text).digest("hex") === signature ? undefined : "another signature";
}

function hash(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

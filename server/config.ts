import { join, resolve } from "node:path";
import * as v from "valibot";
import { Email } from "../protocol/command.ts";
import { readBucket } from "./files/bucket.ts";

/** What the environment says, parsed once. */
export interface Config {
  port: number;
  host: string;
  /** Where people reach this server, without a slash at the end. Unknown until it listens where nobody said. */
  publicUrl: string | undefined;
  dataDir: string;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  smtpUrl: string | undefined;
  /** A bucket for files; without it they lie in the data directory. */
  filesUrl: string | undefined;
  /** Where texts become vectors, for suggestions by meaning. */
  embeddingsUrl: string | undefined;
  /** How many proxies in front of us are believed. */
  trustProxy: number;
  logLevel: string;
  owner: { email: string; password: string } | undefined;
  limits: boolean;
}

/** Shortest password that is taken. */
export const PASSWORD_LENGTH = 8;

const Port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, "must be a port, 0 to 65535"),
  v.transform(Number),
  v.maxValue(65535, "must be a port, 0 to 65535"),
);
const url = (protocols: RegExp, example: string) =>
  v.optional(
    v.pipe(
      v.string(),
      v.check(
        (text) => protocols.test(text) && Boolean(URL.parse(text)?.hostname),
        `must be an address like ${example}`,
      ),
    ),
  );

const Environment = v.object({
  PORT: v.optional(Port, "3000"),
  HOST: v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty")), "0.0.0.0"),
  PUBLIC_URL: url(/^https?:/, "https://support.example.com"),
  DATA_DIR: v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty")), "./data"),
  DATABASE_URL: url(/^postgres(ql)?:/, "postgres://user:password@host/database"),
  REDIS_URL: url(/^rediss?:/, "redis://host:6379"),
  SMTP_URL: url(/^smtps?:/, "smtp://user:password@host:587"),
  FILES_URL: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (text) => readBucket(text) !== undefined,
        "must be an address like s3://KEY:SECRET@s3.example.com/bucket?region=eu-central-1",
      ),
    ),
  ),
  EMBEDDINGS_URL: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^https?:\/\/[^/]/, "must be an address like https://KEY@host/v1/embeddings?model=NAME"),
    ),
  ),
  TRUST_PROXY: v.optional(v.pipe(v.string(), v.regex(/^(\d{1,2}|true|false)$/, "must be a number of proxies")), "0"),
  LOG_LEVEL: v.optional(v.picklist(["fatal", "error", "warn", "info", "debug", "trace", "silent"]), "info"),
  DESKBELL_OWNER_EMAIL: v.optional(Email),
  DESKBELL_OWNER_PASSWORD: v.optional(
    v.pipe(v.string(), v.minLength(PASSWORD_LENGTH, `must have at least ${PASSWORD_LENGTH} characters`)),
  ),
  DESKBELL_LIMITS: v.optional(v.picklist(["on", "off"]), "on"),
});

/** Where the database lies. */
export function databaseFile({ dataDir }: Pick<Config, "dataDir">): string {
  return join(dataDir, "deskbell.db");
}

/** Why the environment cannot be used, in one sentence for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads the environment. An empty variable counts as one that is not set. Throws a {@link ConfigError}. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const parsed = v.safeParse(Environment, set);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const name = v.getDotPath(issue) ?? "The environment";
    throw new ConfigError(
      `${name} ${issue.message.startsWith("must") ? issue.message : `is wrong: ${issue.message}`}.`,
    );
  }
  const e = parsed.output;
  const { DESKBELL_OWNER_EMAIL: email, DESKBELL_OWNER_PASSWORD: password } = e;
  if ((email === undefined) !== (password === undefined)) {
    throw new ConfigError("DESKBELL_OWNER_EMAIL and DESKBELL_OWNER_PASSWORD must be set together.");
  }
  if (e.DATABASE_URL) {
    throw new ConfigError("DATABASE_URL is set, but this version keeps its data in SQLite only: unset it.");
  }
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL?.replace(/\/+$/, ""),
    dataDir: resolve(e.DATA_DIR),
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    smtpUrl: e.SMTP_URL,
    filesUrl: e.FILES_URL,
    embeddingsUrl: e.EMBEDDINGS_URL,
    trustProxy: e.TRUST_PROXY === "true" ? 1 : e.TRUST_PROXY === "false" ? 0 : Number(e.TRUST_PROXY),
    logLevel: e.LOG_LEVEL,
    owner: email !== undefined && password !== undefined ? { email, password } : undefined,
    limits: e.DESKBELL_LIMITS === "on",
  };
}

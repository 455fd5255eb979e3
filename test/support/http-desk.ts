import type { Hono } from "hono";
import type { Role } from "../../protocol/index.ts";
import type { Site } from "../../server/desk/sites/sites.ts";
import { createHttp, type HttpParts } from "../../server/http/app.ts";
import type { HttpEnv } from "../../server/http/env.ts";
import { openDesk, type TestDesk } from "./desk.ts";

/* A whole desk with its HTTP, asked without a network. */

export interface Asked {
  /** A `Cookie` header, or an API key. */
  as?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  /** The code of the fault in it. */
  readonly fault: string | undefined;
}

export interface HttpDesk extends TestDesk {
  readonly app: Hono<HttpEnv>;
  /** Sends JSON, and reads it where there is some. */
  ask<T = Record<string, unknown>>(method: string, path: string, asked?: Asked): Promise<Answer<T>>;
  /** An API key with this role, for the shop unless told otherwise; an owner's for all. */
  keyOf(role: Role, sites?: readonly Site[]): Promise<string>;
}

/** `parts` may be made of the desk. */
export async function openHttpDesk(
  parts: Partial<HttpParts> | ((desk: TestDesk) => Partial<HttpParts>) = {},
): Promise<HttpDesk> {
  const test = await openDesk();
  const { desk, shop, owner } = test;
  const log = { error: (about: unknown) => void test.errors.push(about) } as HttpParts["log"];
  const app = createHttp(desk, {
    config: { limits: false, trustProxy: 0, publicUrl: undefined },
    log,
    isHome: test.isHome,
    availability: () => ({ state: "away", agents: [] }),
    ready: () => true,
    ...(typeof parts === "function" ? parts(test) : parts),
  });
  const ask = createAsk(app);

  return {
    ...test,
    app,
    ask,
    async keyOf(role, sites = [shop]) {
      const named = role === "owner" ? {} : { sites: sites.map(({ id }) => id) };
      return (await desk.keys.make(owner.actor, { name: `A program that is ${role}`, role, ...named })).token;
    },
  };
}

/** Asks an app as a browser on our own pages or a program would. */
export function createAsk(app: Hono<HttpEnv>): HttpDesk["ask"] {
  return async <T>(method: string, path: string, { as, body, headers = {} }: Asked = {}) => {
    const who = as === undefined ? {} : as.startsWith("ak_") ? { authorization: `Bearer ${as}` } : { cookie: as };
    const json = method === "GET" ? {} : { "content-type": "application/json" };
    const response = await app.request(path, {
      method,
      headers: { ...json, ...who, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
    const read = isJson ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: read as T, fault: read?.fault?.code };
  };
}

/** The `Cookie` header that a browser would send after this answer. */
export function cookieOf(answer: Answer<unknown>): string {
  return (answer.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
}

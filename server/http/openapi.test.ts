import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

interface Operation {
  summary?: string;
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, unknown>;
}
interface Spec {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
}

let desk: HttpDesk;
let spec: Spec;

beforeAll(async () => {
  desk = await openHttpDesk();
  spec = (await desk.ask<Spec>("GET", "/api/openapi.json")).body;
});
afterAll(() => desk.close());

const METHODS = ["get", "post", "put", "patch", "delete"];

test("Every reference leads to something", () => {
  expect(spec.openapi).toBe("3.1.0");
  const references = JSON.stringify(spec).matchAll(/"\$ref":"([^"]+)"/g);
  for (const [, reference = ""] of references) {
    const found = reference
      .replace("#/", "")
      .split("/")
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], spec);
    expect([reference, found]).toEqual([reference, expect.any(Object)]);
  }
});

test("Every operation says what it does, and how it refuses", () => {
  for (const [path, item] of Object.entries(spec.paths)) {
    expect(namesOf(item).map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    for (const [method, operation] of Object.entries(item).filter(([method]) => METHODS.includes(method))) {
      expect([method, path, operation.summary]).toEqual([method, path, expect.any(String)]);
      expect(operation.responses).toHaveProperty("default");
    }
  }
});

test("Every route under /api is in it", () => {
  const served = desk.app.routes.filter(
    ({ method, path }) => method !== "ALL" && path.startsWith("/api/") && path !== "/api/openapi.json",
  );
  for (const { method, path } of served) {
    const place = path.replace(/:(\w+)/g, "{$1}").replace(/(.)\/$/, "$1");
    expect([method, place, spec.paths[place]?.[method.toLowerCase()]]).toEqual([method, place, expect.any(Object)]);
  }
});

test("Bodies are described as they are checked", () => {
  const body = JSON.stringify(spec.paths["/api/agents"]?.post);
  expect(body).toContain('"enum":["owner","admin","agent"]');
  expect(body).toContain('"minLength":8');
  const command = JSON.stringify(spec.paths["/api/conversations/{id}/commands"]?.post);
  expect(command).toContain('"const":"snooze"');
});

test("Whatever takes a body says which: JSON, a form, or lines", () => {
  const bare = Object.entries(spec.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method, operation]) => ["post", "put", "patch"].includes(method) && !operation.requestBody)
      .map(() => path),
  );
  // These are told all by their address.
  expect(bare.sort()).toEqual([
    "/api/agents/{id}/invitation",
    "/api/articles/{article}/checked",
    "/api/conversations/{id}/article",
    "/api/sites/{id}/mail/test",
  ]);
  const form = spec.paths["/api/widget/{key}/files"]?.post?.requestBody;
  expect(form?.content).toMatchObject({ "multipart/form-data": { schema: { required: ["file"] } } });
});

function namesOf(item: { parameters?: unknown }): { name: string }[] {
  return Array.isArray(item.parameters) ? item.parameters : [];
}

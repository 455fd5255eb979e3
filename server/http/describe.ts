import { type ConversionConfig, toJsonSchema } from "@valibot/to-json-schema";
import type { MiddlewareHandler } from "hono";
import { describeRoute, validator } from "hono-openapi";
import * as v from "valibot";
import {
  AgentCard,
  Availability,
  Block,
  Conversation,
  Event,
  Fault,
  Inline,
  refuse,
  VisitorCard,
} from "../../protocol/index.ts";

/*
 * `/api/openapi.json` is made of what the routes themselves check and answer. Shapes that recur, or contain themselves,
 * have a name there.
 */

type Schema = v.GenericSchema<unknown, unknown>;
type Named = ConversionConfig["definitions"];

const Problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  fault: Fault,
});

const NAMED = { AgentCard, Availability, Block, Conversation, Event, Fault, Inline, Problem, VisitorCard };

const config: ConversionConfig = {
  // Checks that JSON Schema has no words for stay in the code.
  errorMode: "ignore",
  definitions: NAMED as unknown as NonNullable<Named>,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
};

/** Says what a route does and answers, by status. What it reads is said by {@link body} and {@link query}. */
export function describes(
  summary: string,
  answers: Record<number, Schema | string>,
  about: {
    tags?: string[];
    open?: boolean;
    /** Of a body that the route decodes itself. */
    body?: Schema;
    /** Of a body that is no JSON, by its type. */
    takes?: Record<string, { schema: object }>;
  } = {},
): MiddlewareHandler {
  const responses = Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      typeof answer === "string"
        ? { description: answer }
        : { description: summary, content: { "application/json": described(answer) } },
    ]),
  );
  return describeRoute({
    summary,
    ...(about.tags && { tags: about.tags }),
    ...(about.open && { security: [] }),
    ...(about.body && {
      requestBody: { required: true, content: { "application/json": described(about.body) } },
    }),
    ...(about.takes && { requestBody: { required: true, content: about.takes as never } }),
    responses: { ...responses, default: { $ref: "#/components/responses/Problem" } },
  });
}

/** Checks a JSON body. Refuses with `invalid` and the field. */
export function body<S extends Schema>(schema: S) {
  return validator("json", schema, (result, { req }) => refuseUnread(result, (name) => req.header(name)), inputOptions);
}

/** Checks the query. */
export function query<S extends Schema>(schema: S) {
  return validator("query", schema, refuseInvalid, inputOptions);
}

/** The components that descriptions refer to. */
export function components() {
  const schemas = Object.fromEntries(
    Object.entries(NAMED).map(([name, schema]) => {
      // A named schema would otherwise be a reference to itself.
      const { [name as keyof typeof NAMED]: _self, ...others } = NAMED;
      const recursive = name === "Block" || name === "Inline";
      const named = recursive ? NAMED : others;
      return [name, toSchema(recursive ? unlazy(schema) : schema, named as unknown as NonNullable<Named>)];
    }),
  );
  return {
    schemas,
    responses: {
      Problem: {
        description: "Refused: RFC 9457, with our fault inside",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

const inputOptions = { options: { errorMode: "ignore", typeMode: "input" } } as never;

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** Hono reads what is not said to be JSON as an empty object: a token in it would be passed over, and a change answered 200. */
function refuseUnread(result: Issues, header: (name: string) => string | undefined): void {
  const holds = (header("content-length") ?? header("transfer-encoding") ?? "0") !== "0";
  if (holds && !JSON_TYPE.test(header("content-type") ?? "")) refuse("invalid", "Send Content-Type: application/json");
  refuseInvalid(result);
}

interface Issues {
  success: boolean;
  error?: readonly { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined }[];
}

function refuseInvalid(result: Issues): void {
  if (result.success) return;
  const issue = result.error?.[0];
  const field = issue?.path?.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
  refuse("invalid", issue?.message ?? "Cannot read the request", field ? { field } : {});
}

/** Converted when somebody asks for the description: at the start it would hold up a server that was killed. */
function described(schema: Schema) {
  let made: Record<string, unknown> | undefined;
  return {
    get schema() {
      made ??= toSchema(schema);
      return made;
    },
  };
}

function toSchema(schema: Schema, definitions = config.definitions): Record<string, unknown> {
  const options = { ...config, ...(definitions && { definitions }) };
  const { $schema: _schema, $defs: _defs, ...rest } = toJsonSchema(schema as never, options);
  return rest;
}

/** A lazy schema is converted as a reference to what it gets; here we want that itself. */
function unlazy(schema: Schema): Schema {
  return "getter" in schema ? (schema.getter as (input: unknown) => Schema)(undefined) : schema;
}

import { createHash } from "node:crypto";
import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import { describe, expect, test } from "vitest";
import { AgentCommand, Reply, Synced, VisitorCommand } from "./command.ts";
import { Event } from "./event.ts";
import { Fault } from "./fault.ts";
import { AgentAuth, AgentHello, VisitorAuth, VisitorHello } from "./hello.ts";
import { AgentPulse, ClientPulse, ServerPulse } from "./pulse.ts";
import { RichText } from "./rich-text.ts";
import { PROTOCOL_VERSION } from "./version.ts";

/*
 * The wire never changes silently. Where one of these changed: fields may be added, and then the new hash is written here
 * with that change; nothing is renamed, removed or given another meaning within a version.
 */
const WIRE = {
  VisitorAuth: [VisitorAuth, "cbc8dedd7c41"],
  AgentAuth: [AgentAuth, "2c6497471e6f"],
  VisitorHello: [VisitorHello, "05fabca983a9"],
  AgentHello: [AgentHello, "fbd951d93b7f"],
  VisitorCommand: [VisitorCommand, "41a879eb8bc9"],
  AgentCommand: [AgentCommand, "399f2a4b8177"],
  Reply: [Reply, "fed40374e3e1"],
  Synced: [Synced, "a9f75cbed3ce"],
  Event: [Event, "47221e331dc9"],
  AgentPulse: [AgentPulse, "04ec2acb1c95"],
  ClientPulse: [ClientPulse, "2e51aa33b3a4"],
  ServerPulse: [ServerPulse, "84f75c153857"],
  Fault: [Fault, "c25184c6027b"],
  RichText: [RichText, "634f93d4a6bc"],
} satisfies Record<string, [v.GenericSchema, string]>;

describe(`The wire, version ${PROTOCOL_VERSION}`, () => {
  test.each(Object.entries(WIRE))("is what it was: %s", (_, [schema, hash]) => {
    const written = toJsonSchema(schema as v.GenericSchema, { errorMode: "ignore" });
    expect(createHash("sha256").update(stable(written)).digest("hex").slice(0, 12)).toBe(hash);
  });
});

/** JSON whose keys stand in one order, so that moving a line in a schema is no change of the wire. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/* The whole contract with its schemas: for the server and for tests. Browsers import single files, types only. */
export * from "./apply.ts";
export * from "./command.ts";
export * from "./conversation.ts";
export * from "./event.ts";
export { Fault, FaultCode } from "./fault.ts";
export { fault, Refusal, refuse, statusOf } from "./faults.ts";
export * from "./hello.ts";
export * from "./ids.ts";
export * from "./link.ts";
export * from "./people.ts";
export * from "./pulse.ts";
export * from "./rich-text.ts";
export * from "./typing.ts";
export * from "./typing-times.ts";
export * from "./version.ts";

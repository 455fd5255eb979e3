import { expect, it } from "vitest";
import { hostIn } from "./help-host.tsx";

it("the host is read out of an address that was pasted whole", () => {
  expect(hostIn(" https://Help.Example.com/en/ ")).toBe("help.example.com");
  expect(hostIn("help.example.com:8443")).toBe("help.example.com:8443");
  expect(hostIn("")).toBe("");
});

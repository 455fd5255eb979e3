import { describe, expect, it } from "vitest";
import { findMarks } from "./marked-text.tsx";

const marked = (text: string, query: string) => findMarks(text, query).map(([start, end]) => text.slice(start, end));

describe("marks", () => {
  it("stand on whole words, in any case", () => {
    expect(marked("Refund a booking, in full", "booking REFUND")).toEqual(["Refund", "booking"]);
  });

  it("stand on words that a longer word of the question begins", () => {
    expect(marked("When refunds arrive", "refund")).toEqual(["refunds"]);
    expect(marked("A board is boarded", "a")).toEqual([]);
  });

  it("stand on pairs of Han characters, joined where they meet", () => {
    expect(marked("ECS实例无法ping通怎么办", "ping不通ECS实例怎么办")).toEqual(["ECS实例", "ping", "怎么办"]);
  });

  it("are none for nothing", () => {
    expect(findMarks("Refund", "")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { FIRST_WEEK, openCollections } from "../fake-collections.ts";
import { settled, TOMAS } from "../fake-line.ts";

describe("a course", () => {
  it("ticks what was read and opens what was not, in the order", async () => {
    const { course } = openCollections();
    await settled();
    course.look("two");
    course.next();
    expect([course.open.value?.id, [...course.read.value]]).toEqual(["three", ["two"]]);
    course.look("one");
    course.next();
    // The second was read already.
    expect(course.open.value?.id).toBe("three");
    course.next();
    expect(course.progressOf("c1", FIRST_WEEK.articles)).toBe(3);
    course.tick("one", false);
    expect(course.progressOf("c1", FIRST_WEEK.articles)).toBe(2);
  });

  it("is one agent's own on a device, and still there tomorrow", async () => {
    const { course, shelf } = openCollections();
    await settled();
    course.tick("one", true);
    const tomorrow = openCollections({ page: "collections", collection: "c1" }, shelf);
    await settled();
    expect([...tomorrow.course.read.value]).toEqual(["one"]);
    const colleague = openCollections({ page: "collections", collection: "c1" }, shelf, TOMAS);
    await settled();
    expect([...colleague.course.read.value]).toEqual([]);
  });

  it("of what is needed most is made by itself", async () => {
    const { course } = openCollections({ page: "collections", collection: "needed" });
    await settled();
    expect(course.articles.value.map(({ id }) => id)).toEqual(["three"]);
    course.look("three");
    course.next();
    expect(course.progressOf("needed", course.articles.value)).toBe(1);
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { brandOf, contrast } from "./brand.ts";

it("Every colour an owner may choose can be read, on its fill and on every surface, light and dark", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (whole) => {
      const brand = brandOf(`#${whole.toString(16).padStart(6, "0")}`);
      expect(contrast(brand.fill, brand.onFill)).toBeGreaterThanOrEqual(4.5);
      for (const surface of ["#ffffff", "#f5f7f8", "#eef2f4", brand.soft])
        expect(contrast(brand.text, surface)).toBeGreaterThanOrEqual(4.5);
      for (const surface of ["#15191c", "#0e1113", "#20272b", brand.softDark])
        expect(contrast(brand.textDark, surface)).toBeGreaterThanOrEqual(4.5);
    }),
    { seed: 3, numRuns: 2000 },
  );
});

it("A colour that can be read as it is stays as it is", () => {
  expect(brandOf("#0a6370")).toMatchObject({ fill: "#0a6370", text: "#0a6370", onFill: "#ffffff" });
});

import { expect, it } from "vitest";
import { originOf } from "./origin.ts";

it.each([
  ["shop.example", "https://shop.example"],
  ["http://shop.example/a?b", "http://shop.example"],
  ["localhost:3001", "http://localhost:3001"],
  ["shop.localhost", "http://shop.localhost"],
  ["127.0.0.1:8080/index.html", "http://127.0.0.1:8080"],
  ["[::1]:8080", "http://[::1]:8080"],
  ["https://localhost:3001", "https://localhost:3001"],
  ["localhost.shop.example", "https://localhost.shop.example"],
  ["my shop", "my shop"],
])("takes %s for %s", (written, origin) => {
  expect(originOf(written)).toBe(origin);
});

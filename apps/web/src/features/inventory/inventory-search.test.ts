import { expect, test } from "vitest";
import { readInventorySearch } from "./inventory-search.ts";

test("an address keeps what is searched for and what is open, and drops what it cannot be", () => {
  expect(readInventorySearch({ q: "sales", open: "id-1", other: 1 })).toEqual({ q: "sales", open: "id-1" });
  expect(readInventorySearch({ q: "", open: 5 })).toEqual({});
  expect(readInventorySearch({ q: "x".repeat(300) }).q).toHaveLength(100);
});

import { expect, test } from "vitest";
import { commands } from "./index.ts";
import { expiresAtIn, listOf, wholeNumber } from "./token-options.ts";

test("an expiry is said in days, as never, or not at all", () => {
  expect(expiresAtIn(undefined)).toEqual({});
  expect(expiresAtIn("never")).toEqual({ expiresAt: null });
  const { expiresAt } = expiresAtIn("30");
  expect(Math.round((Date.parse(expiresAt ?? "") - Date.now()) / 86_400_000)).toBe(30);
  for (const wrong of ["soon", "-1", "1.5", ""]) expect(() => expiresAtIn(wrong)).toThrow("--expires must be a whole number");
});

test("lists are parted by commas, and what stands between two of them is no entry", () => {
  expect(listOf("events:write, events:read,,")).toEqual(["events:write", "events:read"]);
  expect(listOf(undefined)).toBeUndefined();
  expect(() => wholeNumber("1d", "--overlap")).toThrow("--overlap");
});

test("a token is made, listed, rotated and revoked by commands of their own", () => {
  expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(["token create", "token list", "token rotate", "token revoke"]));
});

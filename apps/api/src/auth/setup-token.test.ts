import { expect, test } from "vitest";
import { openSetupToken } from "./setup-token.ts";

test("a configured token matches itself alone and is not printed", () => {
  const token = openSetupToken({ configured: "configured-token-text", origin: "http://localhost:4747" });
  expect(token.matches("configured-token-text")).toBe(true);
  for (const other of ["", "configured-token-tex", "configured-token-text ", "Configured-token-text"]) expect(token.matches(other)).toBe(false);
  expect(token.link).toBeNull();
});

test("without one it makes its own, which only its link tells", () => {
  const [first, second] = [1, 2].map(() => openSetupToken({ configured: undefined, origin: "http://localhost:4747" }));
  expect(first?.link).toMatch(/^http:\/\/localhost:4747\/setup\?token=[\w-]{32}$/);
  expect(first?.link).not.toBe(second?.link);
  expect(first?.matches(new URL(first.link ?? "").searchParams.get("token") ?? "")).toBe(true);
});

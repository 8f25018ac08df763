import { expect, test } from "vitest";
import { base32, stepAt, stepOfCode, totpCode, totpUri } from "./totp.ts";

const rfcSecret = Buffer.from("12345678901234567890");

test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("at second %i the code is that of RFC 6238: %s", (second, code) => {
  expect(totpCode(rfcSecret, stepAt(new Date(second * 1_000)))).toBe(code);
});

test("a code passes in its own period and one to each side, however it is spaced", () => {
  const at = new Date(1_111_111_109_000);
  const step = stepAt(at);
  const minutes = (count: number) => new Date(at.getTime() + count * 30_000);
  expect(stepOfCode(rfcSecret, "081804", at)).toBe(step);
  expect(stepOfCode(rfcSecret, " 081 804 ", minutes(1))).toBe(step);
  expect(stepOfCode(rfcSecret, "081804", minutes(-1))).toBe(step);
  expect(stepOfCode(rfcSecret, "081804", minutes(2))).toBeNull();
  expect(stepOfCode(rfcSecret, "081804", minutes(-2))).toBeNull();
});

test.each(["", "08180", "0818044", "08180a", "０８１８０４", "-81804", "081804\u0000"])("%j is no code", (code) => {
  expect(stepOfCode(rfcSecret, code, new Date(1_111_111_109_000))).toBeNull();
});

test.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("%j in base32 is %s, as in RFC 4648", (text, expected) => {
  expect(base32(Buffer.from(text))).toBe(expected);
});

test("the QR code names the account and the secret", () => {
  expect(totpUri(rfcSecret, "ada+x@example.com")).toBe(
    "otpauth://totp/Daybook:ada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Daybook&digits=6&period=30",
  );
});

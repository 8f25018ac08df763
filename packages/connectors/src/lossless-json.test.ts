import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalRecord, isLosslessNumber, parseLossless, stringifyLossless } from "./lossless-json.ts";

test.each([
  "9007199254740993",
  "-9007199254740993",
  "123456789012345678901234567890",
  "1e400",
  "0.1234567890123456789",
  "1.0000000000000000001",
  "12345678901234567.5",
])("the digits of %s survive", (digits) => {
  const value = parseLossless(`{"id":${digits}}`);
  expect(isLosslessNumber((value as { id: unknown }).id)).toBe(true);
  expect(stringifyLossless(value)).toBe(`{"id":${digits}}`);
});

test.each(["0", "-1", "1.5", "1621305118553", "1621305118553.0", "9007199254740991", "0.3225381374359131", "1e3", "1.50E+2", "111222333444555", "5e-324"])(
  "%s stays a plain number, because a double holds it",
  (digits) => {
    expect(parseLossless(digits)).toBe(Number(digits));
  },
);

test("parsing the printed text again gives the same text, for any JSON", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const printed = stringifyLossless(parseLossless(text));
      expect(stringifyLossless(parseLossless(printed))).toBe(printed);
      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
    }),
  );
});

test("any integer keeps its digits, whatever its size", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 40n), 10n ** 40n), (integer) => {
      expect(stringifyLossless(parseLossless(`[${integer}]`))).toBe(`[${integer}]`);
    }),
  );
});

test("equal records have one canonical text whatever the order of their keys; unequal digits differ", () => {
  expect(canonicalRecord(parseLossless('{"b":[1,{"d":null,"c":9007199254740993}],"a":"x"}'))).toBe(
    canonicalRecord(parseLossless('{"a":"x","b":[1,{"c":9007199254740993,"d":null}]}')),
  );
  expect(canonicalRecord(parseLossless("[9007199254740993]"))).not.toBe(canonicalRecord(parseLossless("[9007199254740992]")));
  expect(canonicalRecord(parseLossless("[1e400]"))).toBe(canonicalRecord(parseLossless("[10e399]")));
  expect(canonicalRecord(parseLossless("[123456789012345678901.50]"))).toBe(canonicalRecord(parseLossless("[123456789012345678901.5]")));
});

test("a long row of zeros is normalised in time that grows with its length only", () => {
  const digits = `1${"0".repeat(200_000)}1`;
  expect(stringifyLossless(parseLossless(`[${digits}]`))).toBe(`[${digits}]`);
});

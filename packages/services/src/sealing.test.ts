import { expect, test } from "vitest";
import { noSealer, openSealer, SealBroken } from "./sealing.ts";

const place = { organizationId: "01900000-0000-7000-8000-000000000001", id: "01900000-0000-7000-8000-000000000002", column: "sign_in_providers.client_secret" };
const secret = "0123456789abcdef0123456789abcdef";
const text = "s3cr3t of Köln";

test("what is sealed opens again, and no two sealings look alike", () => {
  const sealer = openSealer(secret);
  const [first, second] = [sealer.seal(text, place), sealer.seal(text, place)];
  expect(openSealer(secret).open(first, place)).toBe(text);
  expect(first).not.toBe(second);
  expect(first).not.toContain(Buffer.from(text).toString("base64url").slice(0, 8));
  expect(openSealer(secret).open(sealer.seal("", place), place)).toBe("");
});

test.each([
  ["another organization", { ...place, organizationId: place.id }],
  ["another row", { ...place, id: place.organizationId }],
  ["another column", { ...place, column: "streams.secret" }],
  ["parts cut elsewhere", { ...place, id: `${place.id}s`, column: place.column.slice(1) }],
])("in %s it does not open", (_what, elsewhere) => {
  const sealer = openSealer(secret);
  expect(() => sealer.open(sealer.seal(text, place), elsewhere)).toThrow(SealBroken);
});

test("under another secret it names the missing key and nothing else", () => {
  const sealed = openSealer(secret).seal(text, place);
  expect(() => openSealer(`${secret}!`).open(sealed, place)).toThrow(/AUTH_SECRET/);
});

test("each changed byte is noticed", () => {
  const sealer = openSealer(secret);
  const sealed = sealer.seal(text, place);
  const [keyId = "", body = ""] = sealed.split(".");
  const bytes = Buffer.from(body, "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => sealer.open(`${keyId}.${changed.toString("base64url")}`, place)).toThrow(SealBroken);
  }
});

test.each(["", ".", "no", "a.b.c", "00000000.AAAA"])("%j is no sealed text", (broken) => {
  expect(() => openSealer(secret).open(broken, place)).toThrow(SealBroken);
  const keyId = openSealer(secret).seal("", place).split(".")[0];
  expect(() => openSealer(secret).open(`${keyId}.AAAA`, place)).toThrow(/cut short/);
});

test("a process without a secret seals nothing", () => {
  expect(() => noSealer.seal(text, place)).toThrow(SealBroken);
  expect(() => noSealer.open(text, place)).toThrow(SealBroken);
});

import { expect, test } from "vitest";
import { trustedOriginsOf } from "../life/trusted-origins.ts";
import { demandSameOrigin } from "./same-origin.ts";

const trusted = trustedOriginsOf("https://daybook.example:8443");

test.each([
  [{ origin: "https://daybook.example:8443" }],
  [{ origin: "https://localhost:8443" }],
  [{ origin: "https://127.0.0.1:8443", "sec-fetch-site": "cross-site" }],
  [{ "sec-fetch-site": "same-origin" }],
  [{}],
])("%j may change something", (headers) => {
  expect(() => demandSameOrigin(headers, trusted)).not.toThrow();
});

test.each([
  [{ origin: "https://daybook.example" }],
  [{ origin: "http://daybook.example:8443" }],
  [{ origin: "https://daybook.example:8443.evil.example" }],
  [{ origin: "null" }],
  [{ origin: "" }],
  [{ "sec-fetch-site": "none" }],
  [{ "sec-fetch-site": "same-site" }],
])("%j may not", (headers) => {
  expect(() => demandSameOrigin(headers, trusted)).toThrow(expect.objectContaining({ code: "forbidden" }) as Error);
});

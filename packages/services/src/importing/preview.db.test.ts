import { afterAll, beforeAll, expect, test } from "vitest";
import { testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { read } from "../verb.ts";
import { previewImport } from "./preview.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

test.each([0, 1])("the beginning of one large object with a list of any name shows its records, indented by %i", async (indent) => {
  const context = await testOrganization(platform);
  const results = Array.from({ length: 3_000 }, (_, at) => ({
    event_name: "invoice.paid",
    created_at: "2026-11-10T08:00:00Z",
    user_email: `u${at}@acme.example`,
  }));
  const file = JSON.stringify({ total: 3_000, results, next: null }, null, indent);
  const preview = await read(platform, context, previewImport, { head: file.slice(0, 100_000), whole: false });
  expect(preview).toMatchObject({ importer: null, records: 500, problemsTotal: 0 });
  expect(preview.suggestion.fields).toMatchObject({ action: "event_name", occurred_at: "created_at", "actor.email": "user_email" });
});

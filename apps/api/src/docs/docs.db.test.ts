import { createHash } from "node:crypto";
import { refusalCodes } from "@daybook/event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApi } from "../../test/test-api.ts";
import type { TestApi } from "../../test/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const get = async (path: string) => {
  const response = await fetch(`${api.url}${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

test("the type of a problem leads to the paragraph about its code", async () => {
  const response = await fetch(`${api.url}/v1/events`, { method: "POST" });
  const { type, code } = (await response.json()) as { type: string; code: string };
  const page = await get(type);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.text).toContain(`id="${code}"`);
  for (const known of Object.keys(refusalCodes)) expect(page.text).toContain(`id="${known}"`);
});

test("the API reference is served whole from here, and its policy lets only its own script run", async () => {
  const page = await get("/docs/api");
  expect(page.status).toBe(200);
  const scripts = [...page.text.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)];
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(scripts).toHaveLength(2);
  for (const [, attributes = "", text = ""] of scripts) {
    const source = /src="([^"]+)"/.exec(attributes)?.[1];
    if (source === undefined) {
      expect(policy).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
      expect(text).toContain("/openapi.json");
    } else {
      expect(source.startsWith("/docs/api/")).toBe(true);
      expect((await get(source)).text.length).toBeGreaterThan(1_000_000);
    }
  }
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).not.toContain("http");
});

test("the OpenAPI document names every route of /v1 and every field of its schemas is resolvable", async () => {
  const { text } = await get("/openapi.json");
  const document = JSON.parse(text) as { openapi: string; paths: Record<string, object>; components: { schemas: Record<string, object> } };
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toContain("/v1/events");
  for (const [, reference = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(document.components.schemas).toHaveProperty(reference);
});

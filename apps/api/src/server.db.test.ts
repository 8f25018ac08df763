import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { setUpOwner, testApi } from "../test/test-api.ts";
import type { TestApi } from "../test/test-api.ts";

let api: TestApi;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "daybook-web-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Daybook</title>");
  writeFileSync(join(folder, "favicon.svg"), "<svg/>");
  writeFileSync(join(folder, "assets", "app-1a2b3c.js"), `console.log(${JSON.stringify("x".repeat(5_000))})`);
  writeFileSync(join(folder, "assets", "big-4d5e6f.js"), "as it was written");
  writeFileSync(join(folder, "assets", "big-4d5e6f.js.br"), brotliCompressSync("as the build compressed it"));
  api = await testApi({ webDist: folder });
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => vi.restoreAllMocks());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${api.url}${path}`, { headers, redirect: "manual" });

describe("health", () => {
  test("a process that is ready says so", async () => {
    for (const path of ["/livez", "/readyz", "/healthz"]) expect((await get(path)).status).toBe(200);
  });

  test.each([["starting"], ["draining"]] as const)("a process that is %s lives, and is not ready", async (phase) => {
    api.life.become(phase);
    try {
      expect((await get("/livez")).status).toBe(200);
      const ready = await get("/readyz");
      expect([ready.status, await ready.json()]).toEqual([503, { status: phase }]);
    } finally {
      api.life.become("ready");
    }
  });

  test("while it starts, what needs the database asks to come back", async () => {
    api.life.become("starting");
    try {
      const answer = await fetch(`${api.url}/v1/events`, { method: "POST", body: "{}" });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, "unavailable"]);
      expect(answer.headers.get("retry-after")).toBe("1");
      expect((await get("/")).status).toBe(200);
    } finally {
      api.life.become("ready");
    }
  });

  test("without its database it lives, and is not ready", async () => {
    vi.spyOn(api.platform.store, "ping").mockRejectedValue(new Error("gone"));
    expect((await get("/livez")).status).toBe(200);
    expect((await get("/readyz")).status).toBe(503);
    expect(await (await get("/healthz")).json()).toMatchObject({ database: "unreachable" });
  });

  test("a database that never answers makes it unready within two seconds", async () => {
    vi.spyOn(api.platform.store, "ping").mockReturnValue(new Promise(() => {}));
    expect((await get("/readyz")).status).toBe(503);
  });
});

describe("the console's files", () => {
  test.each(["/", "/o/acme/logs/activity", "/setup?token=abc", "/sign-in", "/o/acme/events/1.2"])("%s is the page, never kept by a browser", async (path) => {
    const answer = await get(path, { accept: "text/html,*/*" });
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await answer.text()).toContain("<title>Daybook</title>");
  });

  test("no number of pages makes the process warn of listeners that are left behind", async () => {
    const warned: string[] = [];
    const hear = ({ message }: Error) => warned.push(message);
    process.on("warning", hear);
    for (const path of ["/o/acme/logs/activity", "/sign-in", "/"]) await (await get(path, { accept: "text/html", "accept-encoding": "gzip" })).text();
    // Node says it after what is under way.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", hear);
    expect(warned).toEqual([]);
  });

  test("hashed files are kept for ever and travel compressed", async () => {
    const answer = await get("/assets/app-1a2b3c.js", { "accept-encoding": "gzip" });
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect((await get("/favicon.svg")).headers.get("cache-control")).toBe("public, max-age=3600");
  });

  test("what the build has compressed is sent as it lies, to who can read it", async () => {
    const answer = await get("/assets/big-4d5e6f.js", { "accept-encoding": "gzip, br" });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-encoding": "br",
      "content-type": expect.stringContaining("javascript"),
      "cache-control": "public, max-age=31536000, immutable",
      vary: expect.stringContaining("accept-encoding"),
    });
    expect(await answer.text()).toBe("as the build compressed it");
    expect(await (await get("/assets/big-4d5e6f.js", { "accept-encoding": "identity" })).text()).toBe("as it was written");
  });

  test.each(["/assets/gone.js", "/v1/nothing", "/trpc", "/api/auth/nothing"])("%s is no page", async (path) => {
    const answer = await get(path, { accept: "*/*" });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get("content-type")).not.toContain("text/html");
  });

  test("no path leads out of the folder", async () => {
    for (const path of ["/..%2f..%2fetc%2fpasswd", "/assets/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/%00"])
      expect(await (await get(path)).text()).not.toContain("root:");
  });

  test("scripts come from here alone, nothing may frame us, and plain http is not told to be https", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy") ?? "";
    for (const directive of [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "connect-src 'self'",
      "frame-src 'self'",
      "img-src 'self' data:",
      "frame-ancestors 'none'",
    ])
      expect(policy.split(";")).toContain(directive);
    expect(policy).not.toContain("upgrade-insecure-requests");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("without a built console there is no page", async () => {
    const bare = await testApi();
    try {
      expect((await fetch(`${bare.url}/`)).status).toBe(404);
    } finally {
      await bare.close();
    }
  });
});

describe("the OpenAPI document", () => {
  test("describes /v1 alone, in version 3.1, with every schema that it names", async () => {
    const document = (await (await get("/openapi.json")).json()) as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: Record<string, object> };
    };
    expect(document.openapi).toBe("3.1.0");
    const paths = Object.keys(document.paths);
    expect(paths).toEqual(expect.arrayContaining(["/v1/events", "/v1/operations/{operation_id}", "/v1/token", "/v1/collections/{id}/members/{user}"]));
    expect(paths.filter((path) => !path.startsWith("/v1/"))).toEqual([]);
    expect(Object.keys(document.paths["/v1/events"] ?? {})).toEqual(["post", "get"]);
    const named = new Set([...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name));
    expect([...named].toSorted()).toEqual(Object.keys(document.components.schemas).toSorted());
    expect([...named]).toEqual(expect.arrayContaining(["EventInput", "AuditEvent", "Problem"]));
  });
});

describe("requests", () => {
  test("a harmless id of a proxy is kept, another is replaced", async () => {
    expect((await get("/livez", { "x-request-id": "edge-123" })).headers.get("x-request-id")).toBe("edge-123");
    expect((await get("/livez", { "x-request-id": "a b{}" })).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("what is asked never shows in the log of the process", async () => {
    await get("/setup?token=query-secret", { cookie: "x=cookie-secret", authorization: "Bearer header-secret" });
    await fetch(`${api.url}/v1/events`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"action":"body-secret"}' });
    expect(api.logged.join("")).not.toMatch(/(?:query|cookie|header|body)-secret/);
  });

  test("an address that is no text is a problem like any other", async () => {
    const response = await get("/v1/operations/%E0%A4%A");
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json; charset=utf-8"]);
    expect(await response.json()).toMatchObject({ code: "invalid", status: 400, request_id: expect.stringMatching(/./) as string });
  });

  test("headers beyond 16 KiB are refused", async () => {
    expect((await get("/livez", { "x-long": "x".repeat(17_000) })).status).toBe(431);
  });

  test("a body that is announced and never sent does not hold up the others", async () => {
    const { port } = new URL(api.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write("POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n");
    expect((await get("/livez")).status).toBe(200);
    socket.destroy();
  });

  test("a request that is under way when the server closes is still answered", async () => {
    const closing = await testApi();
    const { token } = await setUpOwner(closing);
    const { port } = new URL(closing.url);
    const socket = connect(Number(port), "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    const body = '{"action":"last"}';
    const arrived = once(closing.app.server, "request");
    socket.write(
      `POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    await arrived;
    const closed = closing.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(body);
    await closed;
    expect(answer).toContain('"status":"created"');
  });

  test("a connection that a browser opened in advance does not hold up the end", async () => {
    const closing = await testApi();
    const unused = connect(Number(new URL(closing.url).port), "127.0.0.1");
    await once(unused, "connect");
    const kept = await fetch(`${closing.url}/livez`);
    await kept.text();
    const ended = once(unused.resume(), "end");
    // Node by itself would wait for the first header until its ten seconds are over, and the test runs into its limit.
    await closing.close();
    await ended;
  }, 9_000);

  test("an event's address is the client's, and a proxy's word counts only where it is trusted", async () => {
    const distrusting = await testApi({ trustedProxies: undefined });
    try {
      await setUpOwner(distrusting);
      const lines = distrusting.logged.length;
      await fetch(`${distrusting.url}/v1/none`, { headers: { "x-forwarded-for": "203.0.113.99" } });
      expect(distrusting.logged.slice(lines).join("")).not.toContain("203.0.113.99");
    } finally {
      await distrusting.close();
    }
  });
});

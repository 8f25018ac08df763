import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { Client } from "@retracedhq/retraced";
import { ConflictException, UnauthorizedException, UnprocessableEntityException, WorkOS } from "@workos-inc/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logOf, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

/** The vendors' own clients, of which nothing is set but the address and the key. */
let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const eventsOf = async (action: string) => (await logOf(api, owner.organizationId)).filter((event) => event.action === action);

describe("@retracedhq/retraced", () => {
  const client = (apiKey = owner.token) => new Client({ endpoint: api.url, apiKey, projectId: "dev", component: "web", version: "1.2.3" });
  const event = {
    action: "spreadsheet.view",
    crud: "r" as const,
    group: { id: "g:1", name: "North" },
    actor: { id: "jim@example.com", name: "Jim" },
    target: { id: "100%", name: "Sales", type: "spreadsheet" },
    source_ip: "203.0.113.7",
    created: new Date("2026-11-21T08:00:00.123Z"),
    fields: { "a=b": "c;d", é: "ü:%" },
    external_id: "ext:1",
    metadata: { plan: "team", z: "1" },
    description: "Jim looked",
  };

  test("reports one event, whose hash it checks, and gets its id", async () => {
    const id = await client().reportEvent(event);
    expect(await eventsOf(event.action)).toMatchObject([
      {
        id,
        occurred_at: "2026-11-21T08:00:00.123Z",
        actor: { id: "jim@example.com", name: "Jim" },
        team: { id: "g:1" },
        operation: "viewed",
        source: "retraced",
      },
    ]);
  });

  test("reports many in one request, in their order", async () => {
    const ids = await client().reportEvents([
      { ...event, action: "bulk.1" },
      { action: "bulk.2", crud: "u", is_anonymous: true, is_failure: true },
    ]);
    const log = await logOf(api, owner.organizationId);
    expect(ids.map((id) => log.find((stored) => stored.id === id)?.action)).toEqual(["bulk.1", "bulk.2"]);
    expect(await eventsOf("bulk.2")).toMatchObject([{ actor: { type: "anonymous" }, status: "failed" }]);
    expect(await client().reportEvents([{ ...event, action: "bulk.3" }])).toHaveLength(1);
  });

  test("sees a refusal", async () => {
    await expect(client("wrong").reportEvent(event)).rejects.toThrow("401");
    await expect(client().reportEvent({ ...event, action: "" })).rejects.toThrow("422");
  });
});

describe("@workos-inc/node", () => {
  const client = (key = owner.token) => {
    const { hostname, port } = new URL(api.url);
    return new WorkOS(key, { apiHostname: hostname, port: Number(port), https: false });
  };
  const event = {
    action: "user.signed_in",
    occurredAt: new Date("2026-11-21T08:00:00.123Z"),
    version: 1,
    actor: { id: "u-1", name: "Jon", type: "user", metadata: { role: "admin" } },
    targets: [{ id: "t-1", type: "team", metadata: { extra: "x" } }],
    context: { location: "203.0.113.7", userAgent: "Chrome/104.0.0" },
    metadata: { plan: "team", seats: 5, paid: true },
  };

  test("creates an event, once for each key", async () => {
    await client().auditLogs.createEvent("org_1", event, { idempotencyKey: "884793cd-bef4-46cf-8790-ed49257a09c6" });
    await client().auditLogs.createEvent("org_1", event, { idempotencyKey: "884793cd-bef4-46cf-8790-ed49257a09c6" });
    expect(await eventsOf(event.action)).toMatchObject([
      {
        actor: { type: "user", id: "u-1", name: "Jon" },
        resource: { type: "team", id: "t-1" },
        team: { id: "org_1" },
        context: { ip: "203.0.113.7", user_agent: "Chrome/104.0.0" },
        metadata: {
          plan: "team",
          seats: 5,
          paid: true,
          workos: { version: 1, actor: { metadata: { role: "admin" } }, targets: [{ metadata: { extra: "x" } }] },
        },
      },
    ]);
    await client().auditLogs.createEvent("org_1", event);
    expect(await eventsOf(event.action)).toHaveLength(2);
  });

  test("sees each refusal as the exception that it has for it", async () => {
    const create = (changes: object, key?: string, idempotencyKey = "k-1") =>
      client(key).auditLogs.createEvent("org_1", { ...event, action: "client.refused", ...changes }, { idempotencyKey });
    await expect(create({}, "wrong")).rejects.toBeInstanceOf(UnauthorizedException);
    await create({});
    await expect(create({ version: 2 })).rejects.toBeInstanceOf(ConflictException);
    await expect(create({ action: "" }, undefined, "k-2")).rejects.toBeInstanceOf(UnprocessableEntityException);
    await expect(create({ action: "" }, undefined, "k-2")).rejects.toThrow(/event\.action/);
  });
});

describe("@opentelemetry/exporter-logs-otlp-http", () => {
  async function emit(compression: "gzip" | "none", emitTo: (provider: LoggerProvider) => void): Promise<void> {
    const exporter = new OTLPLogExporter({ url: `${api.url}/v1/logs`, headers: { Authorization: `Bearer ${owner.token}` }, compression: compression as never });
    const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
    emitTo(provider);
    await provider.forceFlush();
    await provider.shutdown();
  }

  test.each(["none", "gzip"] as const)("exports a batch, compressed with %s", async (compression) => {
    await emit(compression, (provider) => {
      const logger = provider.getLogger("audit", "1.0.0");
      for (let at = 0; at < 300; at += 1)
        logger.emit({
          eventName: `otel.${compression}`,
          timestamp: new Date("2026-11-21T08:00:00.123Z"),
          severityNumber: 9,
          body: `Row ${at}`,
          attributes: { "user.id": `u-${at}`, "client.address": "203.0.113.7", rows: at, nested: { list: [1, "two"] } },
        });
    });
    const events = await eventsOf(`otel.${compression}`);
    expect(events).toHaveLength(300);
    expect(events[7]).toMatchObject({
      occurred_at: "2026-11-21T08:00:00.123Z",
      description: "Row 7",
      actor: { type: "user", id: "u-7" },
      context: { ip: "203.0.113.7" },
      source: "otlp",
      metadata: {
        rows: 7,
        nested: { list: [1, "two"] },
        otlp: { scope: { name: "audit", version: "1.0.0" }, resource: { "telemetry.sdk.language": "nodejs" } },
      },
    });
  });

  test("tries again when Daybook is not there yet, and no event is lost or doubled", async () => {
    api.life.become("starting");
    setTimeout(() => api.life.become("ready"), 300);
    await emit("none", (provider) => provider.getLogger("audit").emit({ eventName: "otel.retried" }));
    expect(await eventsOf("otel.retried")).toHaveLength(1);
  });
});

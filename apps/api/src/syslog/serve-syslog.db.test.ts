import { execFile } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { promisify } from "node:util";
import type { AuditEvent } from "@daybook/event";
import { everything } from "@daybook/query";
import { seededRandom } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { selfSigned } from "../../test/self-signed.ts";
import { callTrpc, logOf, setUpOwner, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

const certificate = selfSigned();
let api: TestApi;
let owner: Owner;
let ports: { tcp: number; tls: number };
beforeAll(async () => {
  api = await testApi({ syslog: { host: "127.0.0.1", port: 0, tls: { port: 0, ...certificate } } });
  owner = await setUpOwner(api);
  ports = await portsOf(api);
});
afterAll(() => api.close());

async function portsOf({ logged }: TestApi): Promise<{ tcp: number; tls: number }> {
  const told = () => logged.flatMap((line) => (line.includes("listening for syslog") ? [JSON.parse(line) as { port: number; tls: boolean }] : []));
  await vi.waitFor(() => expect(told()).toHaveLength(2));
  const port = (tls: boolean) => told().find((entry) => entry.tls === tls)?.port ?? 0;
  return { tcp: port(false), tls: port(true) };
}

async function eventsOf(action: string, of = api, organizationId = owner.organizationId): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for (;;) {
    const page = await of.platform.store.feed(organizationId, { afterSeq: events.at(-1)?.seq ?? 0, query: everything, limit: 1_000 });
    if (page.events.length === 0) return events.filter((event) => event.action === action);
    events.push(...page.events);
  }
}
const element = (token = owner.token) => `[daybook@32473 token="${token}"]`;
const message = (action: string, text = "", token?: string) => `<110>1 2026-11-21T08:00:00.123Z web-1 app 1 ${action} ${element(token)}${text && ` ${text}`}`;
const counted = (text: string) => `${Buffer.byteLength(text)} ${text}`;
const reasonsIn = (of: TestApi) =>
  of.logged.filter((line) => line.includes("were not stored")).map((line) => (JSON.parse(line) as { reasons: Record<string, number> }).reasons);

async function open(port = ports.tcp): Promise<Socket> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  await once(socket, "connect");
  return socket;
}

async function sendAll(socket: Socket, ...parts: (string | Buffer)[]): Promise<void> {
  for (const part of parts) {
    socket.write(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
  socket.resume();
  await once(socket, "close");
}

test("messages counted in octets and messages in lines become events, in their order", async () => {
  await sendAll(
    await open(),
    counted(message("tcp.mixed", "one\nline")),
    `${message("tcp.mixed", "two")}\n`,
    counted(message("tcp.mixed", "three")),
    message("tcp.mixed", "four"),
  );
  const events = await eventsOf("tcp.mixed");
  expect(events.map(({ metadata, description }) => (metadata["syslog"] as { message?: string }).message ?? description)).toEqual([
    "one\nline",
    "two",
    "three",
    "four",
  ]);
  expect(events[1]).toMatchObject({ source: "syslog", occurred_at: "2026-11-21T08:00:00.123Z", actor: { type: "service_user", id: "app" } });
  expect(JSON.stringify(events)).not.toContain(owner.token);
});

test("a stream cut anywhere gives every message once", async () => {
  const random = seededRandom(20_261_123);
  const stream = Buffer.from(
    Array.from({ length: 400 }, (_, at) => (at % 2 ? counted(message("tcp.cut", `é ${at}`)) : `${message("tcp.cut", `é ${at}`)}\n`)).join(""),
  );
  const parts: Buffer[] = [];
  for (let at = 0; at < stream.length;) {
    const end = at + 1 + Math.floor(random() * 900);
    parts.push(stream.subarray(at, end));
    at = end;
  }
  await sendAll(await open(), ...parts);
  expect((await eventsOf("tcp.cut")).map(({ description }) => description)).toEqual(Array.from({ length: 400 }, (_, at) => `é ${at}`));
});

test("over TLS as over TCP, with the certificate checked", async () => {
  const socket = connectTls({ port: ports.tls, host: "localhost", ca: certificate.cert, servername: "localhost" });
  await once(socket, "secureConnect");
  await sendAll(socket, counted(message("tls.counted", "a")), `${message("tls.line", "b")}\n`);
  expect([await eventsOf("tls.counted"), await eventsOf("tls.line")].map((events) => events.length)).toEqual([1, 1]);
});

test("util-linux's logger writes, with its own structured data", async () => {
  const logger = async (...more: string[]) =>
    promisify(execFile)("logger", [
      "--server",
      "127.0.0.1",
      "--port",
      String(ports.tcp),
      "--tcp",
      "--rfc5424=notq",
      "--msgid",
      "logger.sent",
      "--sd-id",
      "daybook@32473",
      "--sd-param",
      `token="${owner.token}"`,
      ...more,
      "hello from logger",
    ]);
  const isThere = await promisify(execFile)("logger", ["--version"]).then(
    ({ stdout }) => stdout.includes("util-linux"),
    () => false,
  );
  // Where there is no such program, as on a Mac, there is nothing to prove.
  if (!isThere) return;
  await logger();
  await logger("--octet-count");
  await vi.waitFor(async () => expect(await eventsOf("logger.sent")).toHaveLength(2), 5_000);
  expect((await eventsOf("logger.sent"))[0]).toMatchObject({ description: "hello from logger", actor: { id: expect.any(String) } });
});

test("what is no message, has no token or a wrong one is counted and never told with its content", async () => {
  const reader = await callTrpc(api, "tokens.create", { input: { name: "Reader", scopes: ["events:read"] }, mutation: true, ...owner });
  const { token } = reader.data as { token: string };
  const late = `<110>1 ${new Date(Date.now() + 3_600_000).toISOString()} - - - late ${element()} content-late`;
  await sendAll(
    await open(),
    "GET /content-get HTTP/1.1\r\n",
    "<34>Oct 11 22:14:15 host su: content-3164\n",
    "<110>1 - - - - no.token - content-none\n",
    `${message("wrong.token", "content-wrong", "dbk_live_wsWrong")}\n`,
    `${message("no.scope", "content-scope", token)}\n`,
    `${late}\n`,
    `${message("long", `content-${"x".repeat(70_000)}`)}\n`,
    Buffer.concat([Buffer.from(`${message("latin1", "caf")}`), Buffer.from([0xe9, 0x0a])]),
    `${message("good.behind", "ok")}\n`,
  );
  expect(await eventsOf("good.behind")).toHaveLength(1);
  expect((await eventsOf("latin1"))[0]).toMatchObject({ description: "café", metadata: { syslog: { encoding: "latin1" } } });
  const log = (await logOf(api, owner.organizationId)).map(({ action }) => action);
  expect(api.logged.join("\n")).not.toContain("content-");
  for (const action of ["no.token", "wrong.token", "no.scope", "late", "long"]) expect(log).not.toContain(action);
});

test("many senders at once lose nothing", async () => {
  await Promise.all(
    Array.from({ length: 24 }, async (_, sender) =>
      sendAll(await open(), ...Array.from({ length: 20 }, (_unused, at) => `${message("tcp.many", `${sender}-${at}`)}\n`)),
    ),
  );
  expect(new Set((await eventsOf("tcp.many")).map(({ description }) => description)).size).toBe(480);
});

test("senders of wrong tokens, however many, do not keep a right one waiting", async () => {
  const wrong = (at: number) => Array.from({ length: 50 }, (_, n) => `${message("wrong.many", "", `dbk_live_wsWrong${at}x${n}`)}\n`).join("");
  const hostile = await Promise.all(Array.from({ length: 20 }, async () => open()));
  for (const [at, socket] of hostile.entries()) socket.write(wrong(at));
  await sendAll(await open(), `${message("right.one", "ok")}\n`);
  expect(await eventsOf("right.one")).toHaveLength(1);
  for (const socket of hostile) socket.destroy();
});

test("a port takes 256 connections, and the next one when one of them ends", async () => {
  const sockets = await Promise.all(Array.from({ length: 256 }, async () => open()));
  const refused = await open();
  await once(refused.resume(), "close");
  expect(sockets.filter(({ destroyed }) => destroyed)).toEqual([]);
  sockets[0]?.end();
  await once(sockets[0]?.resume() ?? refused, "close");
  await sendAll(await open(), `${message("after.full", "ok")}\n`);
  expect(await eventsOf("after.full")).toHaveLength(1);
  for (const socket of sockets) socket.destroy();
});

test("random bytes never end the process, and the next sender is served", async () => {
  const random = seededRandom(20_261_124);
  for (let round = 0; round < 20; round += 1) {
    const noise = Buffer.from(Array.from({ length: 3_000 }, () => Math.floor(random() * 256)));
    await sendAll(await open(round % 2 ? ports.tcp : ports.tls), noise).catch(() => undefined);
  }
  const reset = await open();
  reset.write(message("half", "never ended").slice(0, 40));
  reset.resetAndDestroy();
  await sendAll(await open(), `${message("after.noise", "ok")}\n`);
  expect(await eventsOf("after.noise")).toHaveLength(1);
});

test("stopping stores what was received, and says what was not by its reason alone", async () => {
  const stopped = await testApi({ syslog: { host: "127.0.0.1", port: 0, tls: { port: 0, ...certificate }, token: "dbk_live_wsNot" } });
  const its = await setUpOwner(stopped);
  const { tcp } = await portsOf(stopped);
  const socket = await open(tcp);
  const text = (at: number) => `<110>1 - - - - stop.drained [daybook@32473 token="${its.token}"] ${at}\n`;
  socket.write(Array.from({ length: 500 }, (_, at) => text(at)).join(""));
  socket.write("<110>1 - - - - default.token - content-default\nnoise content-noise\n");
  socket.resume();
  socket.on("end", () => socket.end());
  await vi.waitFor(async () => expect((await eventsOf("stop.drained", stopped, its.organizationId)).length).toBeGreaterThan(0), 5_000);
  await stopped.app.close();
  expect(await eventsOf("stop.drained", stopped, its.organizationId)).toHaveLength(500);
  expect(reasonsIn(stopped)).toEqual([{ no_message: 1, unauthenticated: 1 }]);
  expect(stopped.logged.join("\n")).not.toMatch(/content-|dbk_live/);
  await expect(open(tcp)).rejects.toThrow();
  await stopped.close();
});

test("while a batch is being stored its socket is not read, however much is sent", async () => {
  const { store } = api.platform;
  const append = store.append.bind(store);
  const held = Promise.withResolvers<void>();
  const spy = vi.spyOn(store, "append").mockImplementation(async (organizationId, items) => {
    await held.promise;
    return append(organizationId, items);
  });
  const socket = await open();
  // 36 MB: more than the buffers of both ends of a loopback connection take.
  const sent = sendAll(socket, ...Array.from({ length: 600 }, (_, at) => `${message("tcp.held", `${at} ${"x".repeat(60_000)}`)}\n`));
  await vi.waitFor(() => expect([socket.writableEnded, socket.writableLength > 0, spy.mock.calls.length]).toEqual([true, true, 1]), 10_000);
  held.resolve();
  await sent;
  spy.mockRestore();
  expect(await eventsOf("tcp.held")).toHaveLength(600);
});

test("messages that come while Daybook starts wait until it is ready", async () => {
  api.life.become("starting");
  const sent = sendAll(await open(), `${message("at.start", "ok")}\n`);
  setTimeout(() => api.life.become("ready"), 50);
  await sent;
  expect(await eventsOf("at.start")).toHaveLength(1);
});

test("while the database is away the sender waits, and nothing is lost or doubled", async () => {
  const { store } = api.platform;
  const append = store.append.bind(store);
  let failures = 0;
  const spy = vi.spyOn(store, "append").mockImplementation(async (organizationId, items) => {
    failures += 1;
    if (failures === 1) throw Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
    const outcomes = await append(organizationId, items);
    // Stored, but the answer is lost on its way.
    if (failures === 2) throw Object.assign(new Error("gone"), { code: "ECONNRESET" });
    return outcomes;
  });
  await sendAll(await open(), Array.from({ length: 80 }, (_, at) => `${message("db.away", String(at))}\n`).join(""));
  spy.mockRestore();
  expect(failures).toBeGreaterThan(2);
  expect((await eventsOf("db.away")).map(({ description }) => description)).toEqual(Array.from({ length: 80 }, (_, at) => String(at)));
});

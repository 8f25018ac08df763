import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { initTRPC, TRPCError } from "@trpc/server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeDaybook } from "../../test/fake-daybook.ts";
import type { FakeDaybook } from "../../test/fake-daybook.ts";
import { testClient } from "../../test/test-client.ts";
import type { TestClient } from "../../test/test-client.ts";
import type { EventDefaults } from "../event.ts";
import { daybookExpress } from "./express.ts";
import { daybookFastify } from "./fastify.ts";
import { daybookHono } from "./hono.ts";
import { auditMutations, daybookTrpc } from "./trpc.ts";

let fake: FakeDaybook;
let daybook: TestClient;
beforeAll(async () => {
  fake = await fakeDaybook();
  daybook = testClient({ url: fake.url });
});
afterAll(async () => {
  await daybook.close();
  await fake.close();
});

const userOf = (header: string | undefined): EventDefaults => (header ? { actor: { type: "user", id: header }, context: { session_id: `s-${header}` } } : {});

/** The business code of every framework: it logs after some waiting and knows nothing of requests. */
async function rename(note: string): Promise<void> {
  await new Promise((done) => setTimeout(done, 1));
  await daybook.log({ action: "report_renamed", metadata: { note } });
}

interface Running {
  url: string;
  stop(): Promise<unknown>;
}

const frameworks: Record<string, () => Promise<Running>> = {
  async Express() {
    const app = express();
    app.use(daybookExpress(daybook, { defaults: (request: express.Request) => userOf(request.get("x-user")) }));
    app.use(express.json());
    app.post("/rename", async (request, response) => {
      await rename((request.body as { note: string }).note);
      response.json({});
    });
    const server = createServer(app);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => new Promise((closed) => server.close(closed)) };
  },
  async Fastify() {
    const app = fastify();
    daybookFastify(app, daybook, { defaults: (request) => userOf(request.headers["x-user"] as string | undefined) });
    app.post<{ Body: { note: string } }>("/rename", async (request) => {
      await rename(request.body.note);
      return {};
    });
    return { url: await app.listen({ port: 0, host: "127.0.0.1" }), stop: () => app.close() };
  },
  async Hono() {
    const app = new Hono();
    app.use(daybookHono(daybook, { defaults: (c) => userOf(c.req.header("x-user")), ip: () => "127.0.0.1" }));
    app.post("/rename", async (c) => {
      await rename(((await c.req.json()) as { note: string }).note);
      return c.json({});
    });
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
        const answered = Promise.resolve(app.request(String(request.url), { method: "POST", headers, body: Buffer.concat(chunks) }));
        void answered.then(async (answer) => response.end(await answer.text()));
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => new Promise((closed) => server.close(closed)) };
  },
};

describe.each(Object.keys(frameworks))("%s", (name) => {
  let running: Running;
  beforeAll(async () => {
    const start = frameworks[name];
    if (!start) throw new Error("every name has its framework");
    running = await start();
  });
  afterAll(() => running.stop());

  /** The body comes in two parts, the second after the handler's chain has begun to wait for it. */
  const slowly = (text: string) =>
    new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(Buffer.from(text.slice(0, 5)));
        await new Promise((done) => setTimeout(done, 20));
        controller.enqueue(Buffer.from(text.slice(5)));
        controller.close();
      },
    });
  const call = (note: string, given: Record<string, string> = {}) => {
    const headers = { "content-type": "application/json", connection: "close", "user-agent": "browser/1", ...given };
    return fetch(`${running.url}/rename`, { method: "POST", headers, body: slowly(JSON.stringify({ note })), duplex: "half" } as RequestInit);
  };
  const logged = (note: string) =>
    [...fake.stored.values()].map(({ event }) => event).filter((event) => (event["metadata"] as { note?: string })?.note === note);

  test("an event logged deep inside a request knows the request, its address and its user", async () => {
    const note = `${name} one`;
    expect((await call(note, { "x-request-id": "req-1", "x-user": "ada" })).status).toBe(200);
    expect(logged(note)).toMatchObject([
      { origin: "api", actor: { type: "user", id: "ada" }, context: { request_id: "req-1", session_id: "s-ada", ip: "127.0.0.1", user_agent: "browser/1" } },
    ]);
  });

  test("requests at the same time do not see each other's user", async () => {
    const users = Array.from({ length: 12 }, (_, n) => `user-${n}`);
    await Promise.all(users.map((user) => call(`${name} ${user}`, { "x-user": user })));
    expect(users.flatMap((user) => logged(`${name} ${user}`)).map((event) => (event["actor"] as { id: string }).id)).toEqual(users);
  });

  test.each([
    ["without a request id", {}],
    ["with a request id that is no plain one", { "x-request-id": "<script>" }],
    ["with a request id of a thousand characters", { "x-request-id": "x".repeat(1_000) }],
  ])("a request %s gets one", async (what, headers) => {
    const note = `${name} ${what}`;
    await call(note, headers);
    expect((logged(note)[0]?.["context"] as { request_id: string } | undefined)?.request_id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("tRPC", () => {
  interface Context {
    user: string;
  }
  const t = initTRPC.context<Context>().create();
  const logged = () => [...fake.stored.values()].map(({ event }) => event).filter(({ action }) => String(action).startsWith("posts."));
  const build = () => {
    const procedure = t.procedure.use(daybookTrpc<Context>(daybook, { defaults: ({ user }) => userOf(user) })).use(
      auditMutations<Context>(daybook, {
        action: ({ path }) => (path === "posts.touch" ? undefined : path),
        event: ({ path }) => ({ resource: { type: "post", name: path } }),
      }),
    );
    return t.router({
      posts: t.router({
        create: procedure.mutation(async () => rename("inside tRPC").then(() => "made")),
        fail: procedure.mutation(() => {
          throw new TRPCError({ code: "FORBIDDEN", message: "Not yours." });
        }),
        touch: procedure.mutation(() => "touched"),
        list: procedure.query(() => ["one"]),
      }),
    });
  };

  test("each mutation is logged when it ends, with its user, its length and its error; queries are not", async () => {
    const caller = t.createCallerFactory(build())({ user: "ada" });
    expect(await caller.posts.create()).toBe("made");
    await expect(caller.posts.fail()).rejects.toThrow("Not yours.");
    expect(await caller.posts.touch()).toBe("touched");
    expect(await caller.posts.list()).toEqual(["one"]);
    await daybook.flush();
    const common = { actor: { type: "user", id: "ada" }, resource: { type: "post" }, duration_ms: expect.any(Number) };
    expect(logged()).toMatchObject([
      { ...common, action: "posts.create" },
      { ...common, action: "posts.fail", status: "failed", error: { code: "FORBIDDEN", message: "Not yours." } },
    ]);
    expect([...fake.stored.values()].find(({ event }) => (event["metadata"] as { note?: string })?.note === "inside tRPC")?.event).toMatchObject({
      actor: { id: "ada" },
    });
  });

  test("a mutation whose action cannot be told goes on, and is logged under its path; an error cut in the middle of a character does not refuse it", async () => {
    const names = auditMutations<Context>(daybook, {
      action: () => {
        throw new TypeError("nobody is signed in");
      },
    });
    const fail = t.procedure.use(names).mutation(() => {
      throw new TRPCError({ code: "BAD_REQUEST", message: `${"x".repeat(999)}😀` });
    });
    const router = t.router({ drafts: t.router({ make: t.procedure.use(names).mutation(() => "made"), fail }) });
    const caller = t.createCallerFactory(router)({ user: "ada" });
    expect(await caller.drafts.make()).toBe("made");
    await expect(caller.drafts.fail()).rejects.toThrow("xxx");
    await daybook.flush();
    const events = [...fake.stored.values()].map(({ event }) => event).filter(({ action }) => String(action).startsWith("drafts."));
    expect(events).toMatchObject([{ action: "drafts.make" }, { action: "drafts.fail", error: { message: "x".repeat(999) } }]);
  });
});

test("an address that Hono cannot tell holds up no request", async () => {
  const app = new Hono();
  app.use(
    daybookHono(daybook, {
      ip: () => {
        throw new TypeError("no connection here");
      },
    }),
  );
  app.get("/", (c) => c.text("fine"));
  expect(await (await app.request("/")).text()).toBe("fine");
});

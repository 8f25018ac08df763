import type { AuditEvent } from "@daybook/event";
import { everything } from "@daybook/query";
import type { Platform } from "@daybook/services";
import type { Store } from "@daybook/store";
import { testDatabase } from "@daybook/testkit";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { openAuth } from "../src/auth/auth.ts";
import { openSetupToken } from "../src/auth/setup-token.ts";
import { openLife } from "../src/life/life.ts";
import type { Life } from "../src/life/life.ts";
import { trustedOriginsOf } from "../src/life/trusted-origins.ts";
import { buildServer } from "../src/server.ts";
import type { ServerOptions } from "../src/server.ts";
import { openTailHub } from "../src/trpc/tail-hub.ts";
import { openTestPlatform } from "./wire.ts";

export const setupTokenText = "a setup token for tests";
export const ownerPassword = "correct horse battery";
export const ownerEmail = "ada@example.com";

export interface TestApi {
  app: FastifyInstance;
  platform: Platform;
  life: Life;
  url: string;
  databaseUrl: string;
  /** Lines of the log, as text. */
  logged: string[];
  close(): Promise<void>;
}

export interface TestApiOptions extends Partial<
  Pick<ServerOptions, "webDist" | "trustedProxies" | "requestsPerMinute" | "signInsPerMinute" | "operatorToken" | "syslog" | "tokenClock">
> {
  origin?: string;
  now?: () => Date;
  /** Stands between the verbs and the database. */
  wrapStore?: (store: Store) => Store;
}

/** The API on a database and port of its own. */
export async function testApi({
  origin = "http://localhost:4747",
  now = () => new Date(),
  wrapStore = (store) => store,
  ...options
}: TestApiOptions = {}): Promise<TestApi> {
  const database = await testDatabase();
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line) => void logged.push(line) });
  const opened = openTestPlatform({ url: database.url, origin, now, log });
  const platform = { ...opened, store: wrapStore(opened.store) };
  await platform.store.ensurePartitions([new Date()]);
  const trustedOrigins = trustedOriginsOf(origin);
  const life = openLife("ready");
  const tailHub = openTailHub(platform.store, log);
  await tailHub.listen();
  const app = await buildServer({
    services: {
      platform,
      auth: openAuth({ platform, secret: "0123456789abcdef0123456789abcdef", trustedOrigins }),
      setupToken: openSetupToken({ configured: setupTokenText, origin }),
      tailHub,
      starters: [],
      trustedOrigins,
    },
    life,
    log,
    webDist: undefined,
    trustedProxies: "127.0.0.1",
    requestsPerMinute: 1_000_000,
    signInsPerMinute: 1_000,
    ...options,
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    app,
    platform,
    life,
    url,
    databaseUrl: database.url,
    logged,
    async close() {
      await app.close();
      await platform.store.close();
      await database.close();
    },
  };
}

export interface Owner {
  organizationId: string;
  slug: string;
  token: string;
  cookie: string;
}

/** Sets the API up as a person would; the owner is signed in. */
export async function setUpOwner(api: TestApi): Promise<Owner> {
  const answer = await callTrpc(api, "setup.create", {
    input: {
      setupToken: setupTokenText,
      owner: { name: "Ada", email: ownerEmail, password: ownerPassword },
      organization: { name: "Acme", timeZone: "Europe/Paris" },
    },
    mutation: true,
  });
  if (answer.status !== 200) throw new Error(`setting up failed: ${JSON.stringify(answer.body)}`);
  const { organization, token } = answer.data as { organization: { id: string; slug: string }; token: string };
  return { organizationId: organization.id, slug: organization.slug, token, cookie: answer.cookie };
}

export interface Call {
  input?: unknown;
  mutation?: boolean;
  cookie?: string;
  organizationId?: string;
  headers?: Record<string, string>;
}

export async function callTrpc(api: TestApi, path: string, { input, mutation = false, cookie, organizationId, headers = {} }: Call = {}) {
  const query = !mutation && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const response = await fetch(`${api.url}/trpc/${path}${query}`, {
    method: mutation ? "POST" : "GET",
    headers: {
      ...(mutation && { "content-type": "application/json" }),
      ...(cookie && { cookie }),
      ...(organizationId && { "x-daybook-organization": organizationId }),
      ...headers,
    },
    ...(mutation && { body: JSON.stringify(input ?? {}) }),
  });
  const body = (await response.json()) as {
    result?: { data: unknown };
    error?: { message: string; data: { refusal: { code: string; path: string | null } | null; requestId: string } };
  };
  const cookies = response.headers.getSetCookie();
  return {
    status: response.status,
    body,
    data: body.result?.data,
    refusal: body.error?.data.refusal ?? null,
    cookie: cookies.map((text) => text.split(";", 1)[0]).join("; "),
    cookies,
  };
}

export async function postEvents(api: TestApi, token: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    body,
  });
  return { status: response.status, type: response.headers.get("content-type"), headers: response.headers, body: (await response.json()) as IngestAnswer };
}

export interface IngestAnswer {
  results?: { index: number; status: string; id?: string; seq?: number; error?: { code: string; message: string; path?: string } }[];
  created?: number;
  duplicate?: number;
  refused?: number;
  code?: string;
  detail?: string;
  path?: string;
  request_id?: string;
}

export async function getEvents(api: TestApi, token: string, query = "") {
  const response = await fetch(`${api.url}/v1/events${query}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> & { events: AuditEvent[] } };
}

export async function signIn(api: TestApi, credentials: { email: string; password: string }, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(credentials),
  });
  const cookies = response.headers.getSetCookie();
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
    cookies,
    cookie: cookies.map((text) => text.split(";", 1)[0]).join("; "),
  };
}

/** The whole log of an organization, in the order of its sequence. */
export async function logOf(api: TestApi, organizationId: string): Promise<AuditEvent[]> {
  const { events } = await api.platform.store.feed(organizationId, { afterSeq: 0, query: everything, limit: 1_000 });
  return events;
}

export const actionsOf = async (api: TestApi, organizationId: string): Promise<string[]> => (await logOf(api, organizationId)).map(({ action }) => action);

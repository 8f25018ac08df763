import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, startPostgres } from "@daybook/postgres-server";
import { foundOrganization, insertToken, noSealer } from "@daybook/services";
import type { Platform } from "@daybook/services";
import { ensureLogin, members, migrate, openStore } from "@daybook/store";
import type { Store } from "@daybook/store";

export const checkout = fileURLToPath(new URL("../../../", import.meta.url));
/** As in production: see the supervisor and the image. */
const apiFlags = ["--max-semi-space-size=24", "--heap-growing-percent=100"];
const readyPollMs = 100;
const readyPollsMax = 600;

export interface Arena {
  /** For the owner: what a bench does behind the product's back. */
  ownerUrl: string;
  origin: string;
  /** The API's process. */
  apiPid(): number;
  /** `kill -9`, and another one in its place, which answers when this resolves. */
  killApi(): Promise<void>;
  /** A new organization with a token that may write and read. */
  organization(): Promise<{ id: string; token: string }>;
  platform: Platform;
  close(): Promise<void>;
}

/** A real server on a real disk with fsync on, and the API as a process of its own, as in production. */
export async function openArena(say: (line: string) => void): Promise<Arena> {
  const folder = await mkdtemp(join(tmpdir(), "daybook-bench-"));
  // Root's server runs as another user, who has to reach the folder.
  if (process.getuid?.() === 0) await chmod(folder, 0o755);
  const server = await startPostgres({ folder, say });
  await migrate({ url: server.url });
  await ensureLogin({ ownerUrl: server.url, url: server.loginUrl });
  const store = openStore({ url: server.loginUrl, applicationName: "daybook-bench", max: 8 });
  const now = () => new Date();
  await store.ensurePartitions([now()]);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const startApi = () => spawnApi({ databaseUrl: server.loginUrl, port });
  let api = startApi();
  const end = async () => {
    api.kill("SIGTERM");
    await store.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  await untilReady(origin).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const platform = benchPlatform({ store, origin, say });
  let organizations = 0;
  return {
    ownerUrl: server.url,
    origin,
    apiPid: () => api.pid ?? 0,
    async killApi() {
      const gone = once(api, "exit");
      api.kill("SIGKILL");
      await gone;
      api = startApi();
      await untilReady(origin);
    },
    platform,
    organization() {
      organizations += 1;
      const name = `Bench ${organizations}`;
      return store.platformTransaction(async (tx) => {
        const owner = { userId: crypto.randomUUID(), name, email: `bench${organizations}@example.com` };
        await members.insertUser(tx, { id: owner.userId, accountId: crypto.randomUUID(), name, email: owner.email, passwordHash: "" });
        const { organization, context } = await foundOrganization(tx, platform, { owner, name, timeZone: "UTC", demo: false, request: {}, starters: [] });
        const { token } = await insertToken(tx, context, platform, { name, scopes: ["events:write", "events:read"], expiresAt: null });
        return { id: organization.id, token };
      });
    },
    close: end,
  };
}

/** Whatever reaches outside refuses: a bench measures the product alone. */
export const benchPlatform = ({ store, origin, say }: { store: Store; origin: string; say: (line: string) => void }): Platform => ({
  store,
  mail: { transport: "mailbox", from: "bench@localhost", send: () => Promise.reject(new Error("a bench sends no mail")) },
  folder: { read: () => Promise.reject(new Error("a bench reads no folder")) },
  http: { plainHttp: false, ask: () => Promise.reject(new Error("a bench asks nobody")) },
  sealer: noSealer,
  fixtures: () => Promise.resolve(undefined),
  origin,
  random: (bytes) => randomBytes(bytes),
  now: () => new Date(),
  log: { info: () => undefined, warn: () => undefined, error: (_, message) => say(message) },
});

/** The bundle, as production runs it; the command has built it before. */
export const spawnApi = ({ databaseUrl, port, more = {} }: { databaseUrl: string; port: number; more?: Record<string, string> }): ChildProcess =>
  spawn(process.execPath, [...apiFlags, join(checkout, "apps/api/dist/main.mjs")], {
    cwd: join(checkout, "apps/api"),
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      NODE_ENV: "production",
      PORT: String(port),
      DAYBOOK_URL: `http://127.0.0.1:${port}`,
      AUTH_SECRET: randomBytes(32).toString("hex"),
      LOG_LEVEL: "error",
      DAYBOOK_REQUESTS_PER_MINUTE: "100000000",
      ...more,
    },
  });

export async function untilReady(origin: string): Promise<void> {
  for (let poll = 0; poll < readyPollsMax; poll += 1) {
    const ready = await fetch(`${origin}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, readyPollMs));
  }
  throw new Error("the API did not become ready");
}

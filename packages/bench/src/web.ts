import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@daybook/postgres-server";
import { makePasswordResetLink } from "@daybook/services";
import { ensureLogin, members, migrate, openStore } from "@daybook/store";
import { launchChromium } from "@daybook/testkit";
import type { Browser, BrowserContext } from "playwright-core";
import postgres from "postgres";
import { benchPlatform, checkout, spawnApi, untilReady } from "./arena.ts";
import { defineBench } from "./define-bench.ts";
import { isLoaded, makeDatabase, rollUp, startBare } from "./search.ts";
import { loadEvents, organizations } from "./search-data.ts";
import { measureInteractions, measureLoads } from "./web-measures.ts";
import { measureScroll } from "./web-scroll.ts";

const owner = { email: "owner@example.com", name: "Olga Owner" };
const largest = organizations[0].id;
/** What is measured leaves events of its own behind, so it is done in a copy. */
const copy = "daybook_web";

/** The console in a browser, as its owner opens it: what it weighs, how soon it shows rows, how it answers and scrolls. */
export const web = defineBench({
  name: "web",
  eventsDefault: 20_000,
  async run({ events, say, keep }) {
    const folder = keep ?? (await mkdtemp(join(tmpdir(), "daybook-bench-")));
    // Root's server runs as another user, who has to reach the folder.
    if (keep === undefined && process.getuid?.() === 0) await chmod(folder, 0o755);
    const server = await startBare(folder, say);
    const of = (url: string, database: string) => url.replace(/\/[^/]*$/, `/${database}`);
    try {
      const loaded = of(server.url, "daybook");
      await makeDatabase(server.url, "daybook");
      await migrate({ url: loaded });
      if (!(await isLoaded(loaded, events))) await loadEvents(loaded, { events, say });
      await copyDatabase(server.url, say);
      await ensureLogin({ ownerUrl: of(server.url, copy), url: of(server.loginUrl, copy) });
      return { events, ...(await inBrowser({ loginUrl: of(server.loginUrl, copy), say })) };
    } finally {
      await dropDatabase(server.url).catch(() => undefined);
      await server.stop();
      if (keep === undefined) await rm(folder, { recursive: true, force: true });
    }
  },
});

async function copyDatabase(url: string, say: (line: string) => void): Promise<void> {
  await dropDatabase(url);
  const sql = postgres(url, { max: 1, fetch_types: false });
  say("Copying the database.");
  await sql.unsafe(`create database ${copy} template daybook strategy file_copy`);
  await sql.end({ timeout: 5 });
}

async function dropDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  await sql.unsafe(`drop database if exists ${copy} with (force)`);
  await sql.end({ timeout: 5 });
}

async function inBrowser({ loginUrl, say }: { loginUrl: string; say: (line: string) => void }) {
  const store = openStore({ url: loginUrl, applicationName: "daybook-bench", max: 2 });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const api = spawnApi({ databaseUrl: loginUrl, port, more: { DAYBOOK_WEB_DIST: join(checkout, "apps/web/dist") } });
  let browser: Browser | undefined;
  try {
    for (const { id } of organizations) await rollUp(store, id);
    await untilReady(origin);
    await store.platformTransaction(async (tx) => {
      const userId = crypto.randomUUID();
      await members.insertUserWithoutPassword(tx, { id: userId, ...owner });
      await members.join(tx, { organizationId: largest, userId, role: "owner", at: new Date() });
    });
    const link = await makePasswordResetLink(benchPlatform({ store, origin, say }), owner.email);
    browser = await launchChromium();
    const context = await signedIn(browser, { origin, link });
    const loads = await measureLoads(context, { origin, say });
    const scroll = await measureScroll(context, { browser, origin, say });
    const interactions = await measureInteractions(context, { origin, say });
    return { ...loads, ...interactions, ...scroll };
  } finally {
    await browser?.close();
    const gone = once(api, "exit");
    api.kill("SIGTERM");
    await gone;
    await store.close();
  }
}

/** By the way that the product has: a link sets a password, and the password signs in. */
async function signedIn(browser: Browser, { origin, link }: { origin: string; link: string }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // The runner of these sources names functions by a helper of its own, which pages do not have.
  await context.addInitScript("globalThis.__name ??= (named) => named;");
  const page = await context.newPage();
  const password = randomBytes(18).toString("hex");
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByText("Your new password is set").waitFor();
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/o\/acme\//);
  await page.close();
  return context;
}

import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { fakeResponse } from "../src/testing/fake-network.ts";
import { fakeState, type FakeState } from "../src/testing/fake-server.ts";

const origin = "http://console.test";
/** Another build of the console than the one in its place. */
const dist = process.env["DAYBOOK_CONSOLE"] ?? join(import.meta.dirname, "../dist");
const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export interface Visit {
  path: string;
  theme?: "light" | "dark";
  width?: number;
  height?: number;
  state?: Partial<FakeState>;
  /** Answers instead of the fake server: a slow histogram, a failing list. */
  answer?: (path: string, input: unknown) => Answer | null | Promise<Answer | null>;
  /** Before the console is there: what the page brings along. */
  prepare?: (page: Page) => Promise<unknown>;
}

export interface Answer {
  status: number;
  body: string;
}

export interface Visited {
  context: BrowserContext;
  page: Page;
  problems: string[];
}

/**
 * The built console under the policy the server sends, with the fake server behind it. What the browser complains of is collected, and closing the visit fails
 * when that is more than the refusals that the test itself answered with: an error in the console, a rejection nobody caught, a request to anywhere else.
 */
export async function visit(browser: Browser, { path, theme = "light", width = 1440, height = 900, state, answer, prepare }: Visit): Promise<Visited> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, timezoneId: "America/New_York" });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  const answeredWith = new Set<number>();
  const close = context.close.bind(context);
  context.close = async (options) => {
    await close(options);
    expect(problems.filter((problem) => !isAskedFor(problem, answeredWith))).toEqual([]);
  };
  const held = fakeState(state);
  await context.route("**/*", async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (url.origin !== origin) {
      problems.push(`A request went elsewhere: ${url.href}`);
      return route.abort();
    }
    if (/^\/(trpc|api)\//.test(url.pathname)) {
      const text = request.postData() ?? url.searchParams.get("input");
      const special = await answer?.(url.pathname.replace("/trpc/", ""), text && url.pathname.startsWith("/trpc/") ? JSON.parse(text) : undefined);
      const reply = special ? { ...special, contentType: "application/json" } : fakeResponse(held, url, request.postData());
      // A fake that knows no answer says 500, and that is nobody's wish.
      if (special || reply.status < 500) answeredWith.add(reply.status);
      return route.fulfill(reply);
    }
    return route.fulfill(file(url.pathname));
  });
  await prepare?.(page);
  await page.goto(origin + path);
  return { context, page, problems };
}

/** A browser says in its console that a request was refused or went nowhere; where the test wanted that, it is no complaint. */
function isAskedFor(problem: string, answeredWith: ReadonlySet<number>): boolean {
  const status = /^Failed to load resource: the server responded with a status of (\d+)/.exec(problem)?.[1];
  return status === undefined ? problem === "Failed to load resource: net::ERR_INTERNET_DISCONNECTED" : answeredWith.has(Number(status));
}

function file(pathname: string) {
  const asked = join(dist, pathname);
  const path = extname(asked) !== "" && existsSync(asked) ? asked : join(dist, "index.html");
  return {
    body: readFileSync(path),
    contentType: types[extname(path)] ?? "application/octet-stream",
    headers: { "content-security-policy": "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'" },
  };
}

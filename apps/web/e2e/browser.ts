import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
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

/** The built console under the policy the server sends, with the fake server behind it. What the browser complains of is collected. */
export async function visit(browser: Browser, { path, theme = "light", width = 1440, height = 900, state, answer, prepare }: Visit): Promise<Visited> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, timezoneId: "America/New_York" });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  const held = fakeState(state);
  await context.route("**/*", async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (url.origin !== origin) return route.abort();
    if (/^\/(trpc|api)\//.test(url.pathname)) {
      const text = request.postData() ?? url.searchParams.get("input");
      const special = await answer?.(url.pathname.replace("/trpc/", ""), text && url.pathname.startsWith("/trpc/") ? JSON.parse(text) : undefined);
      return route.fulfill(special ? { ...special, contentType: "application/json" } : fakeResponse(held, url, request.postData()));
    }
    return route.fulfill(file(url.pathname));
  });
  await prepare?.(page);
  await page.goto(origin + path);
  return { context, page, problems };
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

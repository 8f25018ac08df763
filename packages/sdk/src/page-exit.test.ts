import { afterEach, describe, expect, test, vi } from "vitest";
import { createDaybook } from "./browser.ts";
import { keepaliveBytesMax } from "./page-exit.ts";

/** A page: the window's events, the document's events, and what it fetched. */
function openPage() {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const requests: { body: string; keepalive: boolean }[] = [];
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("document", document);
  vi.stubGlobal("fetch", async (_url: string, { body, keepalive = false }: { body: string; keepalive?: boolean }) => {
    requests.push({ body, keepalive });
    const events = JSON.parse(body) as unknown[];
    return Response.json({ results: events.map((_, index) => ({ index, status: "created", id: `i${index}`, seq: index + 1 })) });
  });
  const hide = () => {
    document.visibilityState = "hidden";
    document.dispatchEvent(new Event("visibilitychange"));
    page.dispatchEvent(new Event("pagehide"));
  };
  return { requests, hide };
}

afterEach(() => vi.unstubAllGlobals());
const options = { url: "https://daybook.example.com", token: "db_token", flushAfterMs: 60_000, onProblem: () => {} };
const keysOf = (body: string) => (JSON.parse(body) as { idempotency_key: string }[]).map((event) => event.idempotency_key);

describe("a page that is hidden", () => {
  test("sends what waits, once, in a request that outlives it; the page that comes back sends it again with the same key", async () => {
    const { requests, hide } = openPage();
    const daybook = createDaybook(options);
    const logged = daybook.log({ action: "page_viewed" });
    hide();
    expect(requests.map(({ keepalive }) => keepalive)).toEqual([true]);
    await daybook.close();
    expect((await logged).status).toBe("created");
    expect(requests.map(({ body }) => keysOf(body))).toEqual([keysOf(requests[0]?.body ?? "[]"), keysOf(requests[0]?.body ?? "[]")]);
  });

  test("keeps to what a browser lets outlive it", async () => {
    const { requests, hide } = openPage();
    const daybook = createDaybook(options);
    for (let n = 0; n < 100; n++) void daybook.log({ action: "page_viewed", reason: "x".repeat(2_000) });
    hide();
    expect(requests.length).toBe(1);
    expect(requests[0]?.body.length).toBeLessThanOrEqual(keepaliveBytesMax);
    expect(keysOf(requests[0]?.body ?? "[]").length).toBeGreaterThan(20);
    await daybook.close();
  });

  test("sends nothing after close()", async () => {
    const { requests, hide } = openPage();
    const daybook = createDaybook(options);
    await daybook.close();
    hide();
    expect(requests).toEqual([]);
  });
});

test("in a page, defaults of runWith hold up to the first await, and not after it", async () => {
  const { requests } = openPage();
  const daybook = createDaybook(options);
  await daybook.runWith({ origin: "interface" }, async () => {
    void daybook.log({ action: "before_done" });
    await Promise.resolve();
    void daybook.log({ action: "after_done" });
  });
  await daybook.close();
  expect(JSON.parse(requests[0]?.body ?? "[]")).toMatchObject([{ action: "before_done", origin: "interface" }, { action: "after_done" }]);
  expect((JSON.parse(requests[0]?.body ?? "[]") as object[])[1]).not.toHaveProperty("origin");
});

import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeAnswer, fakeState, type FakeState } from "../src/testing/fake-server.ts";
import { screenRoutes as routes } from "../src/testing/screen-routes.ts";
import { visit, type Answer } from "./browser.ts";
import { lanes } from "./lanes.ts";
import { holds } from "./look.ts";
import { faultsOfWalk, lostControls, moving } from "./walk.ts";

/** Every route that the router knows, whoever adds it: what holds for all screens is proven for each of them. */
const parts: Record<string, string> = {
  $org: "acme",
  $logType: "activity",
  $team: "0193bbbb-0000-7000-8000-000000000001",
  $case: "12",
  $token: "abc",
  "events/$id": "events/01930000-0000-7000-8000-000000000420",
  "s/$id": "s/fake-link-number-99999",
};
/** What says who is there, and what one makes a choice from: neither is ever empty, nor does a screen come up without it. */
const alwaysAnswered = /^(session|setup)\.|^(sources\.kinds|imports\.importers|cases\.recipes|events\.counts|events\.tail|views\.opening)$|^\//;
/** How many are open stands beside every screen of an organization. */
const ofTheFrame = "incidents.list";
/** In a narrow window the steps stand in the picker of the range, and a card has no columns. */
const elsewhere = new Set(["One window earlier", "One window later", "Columns"]);
/** Enough to see every kind of part that a screen has; the rows of a list are all alike. */
const height = 620;

const addressOf = (route: string): string => {
  let address = route;
  for (const [part, value] of Object.entries(parts)) address = address.replace(part, value);
  return address;
};
const stateOf = (route: string): Partial<FakeState> => (route.startsWith("/o/") ? {} : { signedIn: route.startsWith("/s/"), setupNeeded: route === "/setup" });

/** The same answer, with nothing in its lists. */
const emptied = (data: unknown): unknown => {
  if (Array.isArray(data)) return [];
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Array.isArray(value) ? [] : (value as unknown)]));
};
const broken: Answer = {
  status: 400,
  body: JSON.stringify({
    error: {
      message: "The clock of the database stands still.",
      code: -32600,
      data: { code: "BAD_REQUEST", httpStatus: 400, path: "any", requestId: "req_7" },
    },
  }),
};

/** There, and no part of it still on its way. */
const settled = async (page: Page): Promise<void> => {
  await page.locator("h1").first().waitFor({ state: "attached" });
  await page.waitForFunction(
    () => {
      const here = globalThis as { size?: number };
      const before = here.size;
      here.size = document.querySelectorAll("*").length;
      return before === here.size && !document.querySelector("[data-state=loading], [aria-busy=true]");
    },
    undefined,
    { polling: 80 },
  );
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
const inLane = lanes();

test("every part of every address is known here", () => {
  expect(routes.map(addressOf).filter((address) => address.includes("$"))).toEqual([]);
  expect(routes.length).toBeGreaterThan(30);
});

test.concurrent.each(routes)(
  "%s holds with what it has, with nothing, and with errors: in both themes, at both widths, by keyboard, at 320 pixels, without motion",
  (route) =>
    inLane(async (): Promise<void> => {
      const [path, state, asked] = [addressOf(route), stateOf(route), new Set<string>()];
      const ready = await visit(browser, { path, state, height, answer: (procedure) => (asked.add(procedure), null) });
      await settled(ready.page);
      // A door only: where it leads has a route of its own.
      if (new URL(ready.page.url()).pathname !== path.replace(/(?<=.)\/$/, "")) return ready.context.close();
      await holds(ready.page, `${route} ready`);
      await ready.page.setViewportSize({ width: 1440, height });
      const faults = [...(await moving(ready.page)), ...(await faultsOfWalk(ready.page))];
      const lost = (await lostControls(ready.page, { width: 320, height })).filter((name) => !elsewhere.has(name));
      expect([...faults, ...lost]).toEqual([]);
      await ready.context.close();
      const questions = [...asked].filter((procedure) => !alwaysAnswered.test(procedure) && (procedure !== ofTheFrame || route.endsWith("/incidents")));
      if (questions.length === 0) return;

      const empty = await visit(browser, {
        path,
        state: { ...state, events: [] },
        height,
        answer: (procedure, input) => (questions.includes(procedure) ? withNothing(procedure, input) : null),
      });
      await settled(empty.page);
      expect(await empty.page.locator("[data-state=error]").count()).toBe(0);
      await holds(empty.page, `${route} empty`);
      await empty.context.close();

      const failing = await visit(browser, { path, state, height, answer: (procedure) => (questions.includes(procedure) ? broken : null) });
      await failing.page.getByText("stands still").first().waitFor();
      await settled(failing.page);
      await holds(failing.page, `${route} error`);
      await failing.context.close();
    }),
);

/** Null where the fake itself has nothing to answer. */
function withNothing(procedure: string, input: unknown): Answer | null {
  const whole = fakeState();
  try {
    const data = fakeAnswer(/^events\.(get|related)$/.test(procedure) ? whole : { ...whole, events: [] }, procedure, input);
    return { status: 200, body: JSON.stringify({ result: { data: emptied(data) } }) };
  } catch {
    return null;
  }
}

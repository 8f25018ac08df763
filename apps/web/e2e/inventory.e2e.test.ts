import { launchChromium } from "@daybook/testkit";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit, type Visit } from "./browser.ts";
import { lanes } from "./lanes.ts";
import { holds } from "./look.ts";

const area = "/o/acme/organization";
const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });
const refusal = { code: "forbidden", message: "Members do not hold `groups:read`. An owner or admin of the organization can do this.", path: null };
const refused = {
  status: 403,
  body: JSON.stringify({ error: { message: refusal.message, code: -32003, data: { code: "FORBIDDEN", httpStatus: 403, refusal, requestId: "r" } } }),
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const screens: (Pick<Visit, "path" | "answer"> & { name: string; says: string })[] = [
  { name: "groups", path: `${area}/groups`, says: "3 collections · 2 connections" },
  {
    name: "no groups",
    path: `${area}/groups`,
    answer: (path) => (path === "groups.list" ? answered({ groups: [], nextCursor: null }) : null),
    says: "No group yet",
  },
  { name: "groups refused", path: `${area}/groups`, answer: (path) => (path === "groups.list" ? refused : null), says: "An owner or admin" },
  { name: "groups not found", path: `${area}/groups?q=zebra`, says: "Nothing matches “zebra”" },
  { name: "a group", path: `${area}/groups?open=g_2`, says: "Look after what is sensitive" },
  { name: "collections", path: `${area}/collections`, says: "Default access of the workspace" },
  {
    name: "failing collections",
    path: `${area}/collections`,
    answer: (path) => (path === "collections.list" ? { status: 500, body: "{}" } : null),
    says: "Retry",
  },
  { name: "a collection", path: `${area}/collections?open=c_1`, says: "bob@company.com" },
  { name: "connections", path: `${area}/connections`, says: "snowflake" },
  { name: "a connection", path: `${area}/connections?open=k_1`, says: "Suspended" },
];

const inLane = lanes();
test.concurrent.each(screens)("$name: says so, without violation, complaint of the browser or sideways scroll", ({ says, name, ...screen }) =>
  inLane(async () => {
    const { context, page } = await visit(browser, { ...screen, height: 620 });
    await page.getByText(says).first().waitFor();
    await page.waitForFunction(() => !document.querySelector("[data-state=loading]"));
    await holds(page, name);
    await context.close();
  }),
);

test("by keyboard alone: search, open, give somebody access, change it, close, and be back at the row", async () => {
  const { context, page } = await visit(browser, { path: `${area}/connections` });
  const asked: [string, unknown][] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") asked.push([new URL(request.url()).pathname.replace("/trpc/", ""), request.postDataJSON()]);
  });
  await page.getByRole("button", { name: "Snowflake production" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("snow");
  await page.waitForURL(/q=snow/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Snowflake production" }).press("Enter");
  const picker = page.getByRole("combobox", { name: "Add a member" });
  await picker.focus();
  await page.keyboard.type("car");
  await page.getByRole("option", { name: /Carla Diaz/ }).waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => asked.at(-1)).toEqual(["connections.addMember", { objectId: "k_1", userId: "u_carla", access: "view" }]);
  await page.getByRole("button", { name: "Access of Bob Martin: Manage" }).press("Enter");
  await page.getByRole("menuitemradio", { name: /^Query/ }).press("Enter");
  await expect.poll(() => asked.at(-1)).toEqual(["connections.changeMemberAccess", { objectId: "k_1", userId: "u_bob", access: "query" }]);
  // A menu gives the focus back a moment after it is gone: until then a key goes nowhere.
  await page.locator("button[aria-haspopup=menu]:focus").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-row") === "k_1");
  expect(new URL(page.url()).searchParams.get("open")).toBeNull();
  await context.close();
});

test("the default access is changed after its consequence was told in words", async () => {
  const { context, page } = await visit(browser, { path: `${area}/collections` });
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByText("12 members who have no access of their own can then view 4 collections.").waitFor();
  await page.getByRole("button", { name: "Change…" }).click();
  const sent = page.waitForRequest((request) => request.url().endsWith("access.setDefault"));
  await page.getByRole("button", { name: "Set to View" }).click();
  expect((await sent).postDataJSON()).toEqual({ access: "view" });
  await context.close();
});

test("who can use a thing is told with the reason of each", async () => {
  const { context, page } = await visit(browser, { path: `${area}/collections?open=c_2` });
  await page.getByRole("tab", { name: "Who can use this" }).click();
  const list = page.getByRole("list", { name: "Who can use this collection, and why" });
  expect(await list.getByRole("listitem").allInnerTexts()).toEqual([expect.stringContaining("by group Analysts"), expect.stringContaining("given directly")]);
  await context.close();
});

test("deleting a group says first who loses what", async () => {
  const { context, page } = await visit(browser, { path: `${area}/groups?open=g_1` });
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByText("12 members lose what the group gives them: access to 3 collections and 2 connections.").waitFor();
  await context.close();
});

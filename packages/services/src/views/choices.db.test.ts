import type { MaskedField, MemberViewer } from "@daybook/policy";
import { equals, everything } from "@daybook/query";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { listEvents } from "../activity/index.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { createView, deleteView } from "./change-views.ts";
import { setDefaultView, starView, unstarView } from "./choose-views.ts";
import { linkPathBytesMax, linkDays, linksPerMinuteMax, starsMax } from "./limits.ts";
import { listViews, openingView } from "./read-views.ts";
import { createLink, openLink } from "./short-links.ts";

let platform: TestPlatform;
let owner: Context;
let member: Context;
let stranger: Context;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  owner = await testOrganization(platform, { name: `Acme-${crypto.randomUUID().slice(0, 8)}` });
  stranger = await testOrganization(platform);
  member = await testMember(platform, owner, "member");
});

const share = async (name = "Failures", logType = "activity") =>
  (await perform(platform, owner, createView, { name, logType, state: { q: "status:failed" }, sharing: { with: "organization" } } as never)).id;
const starredBy = async (context: Context) => (await read(platform, context, listViews, undefined)).starred;
const star = (context: Context, viewId: string) => perform(platform, context, starView, { viewId });
const opens = async (context: Context, logType = "activity") => (await read(platform, context, openingView, { logType })).view?.id ?? null;
const choose = (context: Context, whose: "member" | "organization", viewId: string | null, logType = "activity") =>
  perform(platform, context, setDefaultView, { logType, for: whose, viewId });
const refusal = (code: string, message: RegExp = /./) => expect.objectContaining({ code, message: expect.stringMatching(message) as unknown }) as unknown;
const countOf = async (action: string) =>
  (await platform.store.search(owner.viewer.organizationId, { query: equals("action", action), limit: 50 })).events.length;

test("a star is one member's own, on built-in views too, and recorded once", async () => {
  const id = await share();
  await star(member, id);
  await star(member, id);
  await star(member, "failed-operations");
  expect([await starredBy(member), await starredBy(owner), await countOf("saved_view_starred")]).toEqual([[id, "failed-operations"], [], 2]);
  await perform(platform, member, unstarView, { viewId: id });
  await perform(platform, member, unstarView, { viewId: id });
  expect([await starredBy(member), await countOf("saved_view_unstarred")]).toEqual([["failed-operations"], 1]);
});

test("nobody stars what they do not see, nor more than so many", async () => {
  const { id } = await perform(platform, owner, createView, { name: "Own", logType: "activity", state: {} } as never);
  for (const context of [member, stranger]) await expect(star(context, id)).rejects.toEqual(refusal("not_found"));
  await expect(star(member, "no-such-view")).rejects.toEqual(refusal("invalid"));
  for (let at = 0; at < starsMax; at += 1) {
    const row = `insert into view_stars (organization_id, user_id, view, created_at) values ('${owner.viewer.organizationId}', '${member.viewer.actor.id}', 'v${at}', now())`;
    await platform.store.transaction(owner.viewer.organizationId, (tx) => tx.execute(row).then(() => undefined));
  }
  await expect(star(member, "anonymous")).rejects.toEqual(refusal("conflict", /at most/));
});

test("a log opens with the member's own choice before the organization's, and with neither when the member wants it plain", async () => {
  const [theirs, mine] = [await share("Theirs"), await share("Mine")];
  expect(await opens(member)).toBeNull();
  await choose(owner, "organization", theirs);
  expect([await opens(member), await opens(owner), await opens(stranger), await opens(member, "system")]).toEqual([theirs, theirs, null, null]);
  await choose(member, "member", mine);
  expect([await opens(member), await opens(owner)]).toEqual([mine, theirs]);
  await choose(member, "member", "none");
  expect(await opens(member)).toBeNull();
  await choose(member, "member", null);
  expect([await opens(member), await countOf("saved_view_default_changed")]).toEqual([theirs, 4]);
  await choose(member, "member", null);
  expect(await countOf("saved_view_default_changed")).toBe(4);
});

test("a default that was deleted is as good as none, until the deletion is undone", async () => {
  const [theirs, mine] = [await share("Theirs"), await share("Mine")];
  await choose(owner, "organization", theirs);
  await choose(member, "member", mine);
  await perform(platform, owner, deleteView, { viewId: mine });
  expect(await opens(member)).toBe(theirs);
});

test("the organization's default is set by those who may share, and is a view that everybody opens", async () => {
  const id = await share();
  await expect(choose(member, "organization", id)).rejects.toEqual(refusal("forbidden", /owner or admin/));
  const { id: own } = await perform(platform, owner, createView, { name: "Own", logType: "activity", state: {} } as never);
  await expect(choose(owner, "organization", own)).rejects.toEqual(refusal("conflict", /Share it first/));
  await expect(choose(owner, "organization", "failed-syncs")).rejects.toEqual(refusal("invalid", /other log/));
  await choose(owner, "organization", "failed-syncs", "system");
  expect(await opens(member, "system")).toBe("failed-syncs");
});

const link = (context: Context, path: string) => perform(platform, context, createLink, { path });
const slugOf = async () => {
  const [row] = await platform.store.platform.execute<{ slug: string }>(`select slug from organizations where id = '${owner.viewer.organizationId}'`);
  return row?.slug ?? "";
};

test("a short link opens for every member of its organization and leads where it was made, under the name that the organization has now", async () => {
  const path = `/o/${await slugOf()}/logs/activity?q=${"status%3Afailed".repeat(200)}`;
  const { id } = await link(member, path);
  expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(await read(platform, owner, openLink, { id })).toEqual({ path });
  const renamed = `renamed-${crypto.randomUUID().slice(0, 8)}`;
  await platform.store.platformTransaction((tx) =>
    tx.execute(`update organizations set slug = '${renamed}' where id = '${owner.viewer.organizationId}'`).then(() => undefined),
  );
  expect((await read(platform, owner, openLink, { id })).path).toBe(path.replace(/^\/o\/[^/]+/, `/o/${renamed}`));
  expect(await countOf("short_link_created")).toBe(1);
});

test("a link of another organization, one that has ended, one that never was and one that cannot be get the same words", async () => {
  const { id } = await link(owner, `/o/${await slugOf()}/logs/activity`);
  const words = async (context: Context, asked: string, days = 0) => {
    const at = { ...platform, now: () => new Date(platform.now().getTime() + days * 86_400_000) };
    return await read(at, context, openLink, { id: asked }).then(
      () => "opened",
      ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
    );
  };
  const all = [await words(stranger, id), await words(owner, id, linkDays + 1), await words(owner, "A".repeat(22)), await words(owner, "../../etc")];
  expect(new Set(all).size).toBe(1);
  expect(all[0]).toMatch(/^not_found: There is no such short link/);
  expect(await words(owner, id, linkDays - 1)).toBe("opened");
});

test("from whom something of the log is hidden, others' links are not opened, whose ids the log tells and whose search may name it; their own are", async () => {
  const { id } = await link(owner, `/o/${await slugOf()}/logs/activity?q=actor:kim@secret.example`);
  const { viewer, ...context } = await testMember(platform, owner, "auditor");
  const auditor = (hides: MaskedField[]): Context => {
    const grant = {
      id: crypto.randomUUID(),
      query: everything,
      words: "everything",
      from: null,
      to: null,
      mayExport: false,
      hides,
      expiresAt: "2100-01-01T00:00:00Z",
    };
    return { ...context, viewer: { ...(viewer as MemberViewer), auditorGrants: [grant] } };
  };
  const blind = auditor(["actor.email", "metadata"]);
  const told = (await read(platform, blind, listEvents, { filter: { action: ["short_link_created"] } })).events;
  expect(told[0]?.resource?.name).toBe(`/s/${id}`);
  await expect(read(platform, blind, openLink, { id })).rejects.toEqual(refusal("not_found", /no such short link/));
  const own = await link(blind, `/o/${await slugOf()}/logs/activity?q=status:failed`);
  expect((await read(platform, blind, openLink, { id: own.id })).path).toContain("status:failed");
  expect((await read(platform, auditor([]), openLink, { id })).path).toContain("kim@");
});

test("a link leads nowhere but into its own organization, is not too long, and nobody makes too many at once", async () => {
  const slug = await slugOf();
  for (const path of ["https://evil.example/", "//evil.example", "/o/other/logs", `/o/${slug}/../other/logs`, `/o/${slug}`])
    await expect(link(owner, path)).rejects.toEqual(refusal("invalid"));
  await expect(link(owner, `/o/${slug}/${"é".repeat(linkPathBytesMax / 2)}`)).rejects.toEqual(refusal("invalid", /bytes/));
  for (let at = 0; at < linksPerMinuteMax; at += 1) await link(member, `/o/${slug}/logs/activity?q=${at}`);
  await expect(link(member, `/o/${slug}/logs/activity`)).rejects.toEqual(refusal("rate_limited"));
  await link(owner, `/o/${slug}/logs/activity`);
});

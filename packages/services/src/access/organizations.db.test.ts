import { equals } from "@daybook/query";
import { members } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { look, testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { createOrganization, createOrganizationFor, getOrganization, updateOrganization } from "./organizations.ts";

let platform: TestPlatform;
let owner: Context;

beforeAll(async () => {
  platform = await testPlatform();
  owner = await testOrganization(platform, { name: "Acme" });
});
afterAll(() => platform.close());

async function recorded(organizationId: string, action: string) {
  const { events } = await platform.store.search(organizationId, { query: equals("action", action), limit: 50 });
  const newest = events[0];
  const found = newest ? await platform.store.readEvent(organizationId, { id: newest.id, query: { is: "everything" } }) : null;
  return { count: events.length, event: found?.event };
}
const ownedBy = ({ viewer }: Context) => members.organizationsOf(platform.store.platform, viewer.actor.id ?? "");

test("name, name in URLs and time zone are changed with before and after, and the same again changes nothing", async () => {
  const { organizationId } = owner.viewer;
  const change = { name: "Acme Group", slug: "acme-group", timeZone: "America/New_York" };
  expect(await perform(platform, owner, updateOrganization, change)).toEqual({ slug: "acme-group", changed: true });
  const { event } = await recorded(organizationId, "organization_updated");
  expect(event).toMatchObject({
    resource: { type: "organization", id: organizationId, name: "Acme Group" },
    changes: {
      before: { name: "Acme", slug: "acme", time_zone: "Europe/Paris" },
      after: { name: "Acme Group", slug: "acme-group", time_zone: "America/New_York" },
    },
  });
  expect(await perform(platform, owner, updateOrganization, change)).toEqual({ slug: "acme-group", changed: false });
  expect((await recorded(organizationId, "organization_updated")).count).toBe(1);
  expect(await read(platform, owner, getOrganization, undefined)).toMatchObject({ ...change, formerSlugs: ["acme"], demo: false });
});

test("a former name in URLs still leads to its organization, is nobody else's, and can be taken back", async () => {
  const other = await testOrganization(platform, { name: "Acme!" });
  const [theirs] = await ownedBy(other);
  expect(theirs?.slug).toBe("acme-2");
  for (const slug of ["acme", "acme-group"]) {
    await expect(perform(platform, other, updateOrganization, { slug })).rejects.toMatchObject({ code: "conflict", path: "slug" });
  }
  expect((await recorded(other.viewer.organizationId, "organization_updated")).count).toBe(0);
  await perform(platform, owner, updateOrganization, { slug: "acme" });
  expect(await read(platform, owner, getOrganization, undefined)).toMatchObject({ slug: "acme", formerSlugs: ["acme-group"] });
});

test("two organizations that take one name at once: one has it", async () => {
  const contenders = [await testOrganization(platform), await testOrganization(platform)];
  const outcomes = await Promise.allSettled(contenders.map((each) => perform(platform, each, updateOrganization, { slug: "wanted" })));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("nobody collects names: after twenty only earlier ones can be taken", async () => {
  const collector = await testOrganization(platform, { name: "Collector" });
  for (let at = 1; at < 20; at += 1) await perform(platform, collector, updateOrganization, { slug: `collected-${at}` });
  await expect(perform(platform, collector, updateOrganization, { slug: "one-more" })).rejects.toMatchObject({ code: "conflict", path: "slug" });
  await perform(platform, collector, updateOrganization, { slug: "collected-1" });
});

test.each([
  { slug: "Capital" },
  { slug: "-dash" },
  { slug: "dash-" },
  { slug: "a/b" },
  { slug: "" },
  { name: "  " },
  { name: "a\u0000b" },
  { timeZone: "Mars/Base" },
])("%j is refused with words", async (input) => {
  await expect(perform(platform, owner, updateOrganization, input)).rejects.toMatchObject({ code: "invalid", path: Object.keys(input)[0] });
});

test("a member may not change the organization", async () => {
  await expect(perform(platform, await testMember(platform, owner, "member"), updateOrganization, { name: "Mine" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("who owns an organization founds another and owns it; its log begins with that", async () => {
  const { id, slug } = await createOrganization(platform, owner, { name: "Acme Labs" });
  expect(slug).toBe("acme-labs");
  expect(await recorded(id, "organization_created")).toMatchObject({
    count: 1,
    event: { actor: { id: owner.viewer.actor.id }, metadata: { time_zone: "America/New_York" } },
  });
  expect((await ownedBy(owner)).find((each) => each.id === id)).toMatchObject({ role: "owner", name: "Acme Labs" });
});

test("an admin and a member found none, from demo data none is founded, and a person no more than five a day", async () => {
  for (const role of ["admin", "member"] as const) {
    const context = await testMember(platform, owner, role);
    await expect(createOrganization(platform, context, { name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
  }
  expect((await recorded(owner.viewer.organizationId, "access_denied")).count).toBeGreaterThan(0);
  const founder = await testOrganization(platform, { name: "Founder" });
  await expect(createOrganization(platform, founder, { name: "a\u0000b" })).rejects.toMatchObject({ code: "invalid" });
  const later = { ...platform, now: () => new Date(Date.now() + 2 * 86_400_000) };
  await platform.store.ensurePartitions([later.now()]);
  const tries = await Promise.allSettled(Array.from({ length: 7 }, () => createOrganization(later, founder, { name: "Many" })));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  await look(platform, `update organizations set demo = true where id = '${founder.viewer.organizationId}'`);
  await expect(createOrganization(platform, founder, { name: "More" })).rejects.toMatchObject({ code: "conflict" });
});

test("the operator founds one for a user of this Daybook, and the log says that it was the operator", async () => {
  const { id } = await createOrganizationFor(platform, (owner.viewer.actor.email ?? "").toUpperCase(), { name: "Hosted", timeZone: "UTC" });
  expect(await recorded(id, "organization_created")).toMatchObject({ event: { actor: { type: "system", name: "Operator" } } });
  expect((await ownedBy(owner)).find((each) => each.id === id)).toMatchObject({ role: "owner" });
  await expect(createOrganizationFor(platform, "nobody@example.com", { name: "Hosted", timeZone: "UTC" })).rejects.toMatchObject({ code: "not_found" });
});

test("a name in URLs that is taken while somebody founds an organization of that name leaves both with one", async () => {
  for (let round = 0; round < 4; round += 1) {
    const [founder, other] = [await testOrganization(platform), await testOrganization(platform)];
    const [founded, taken] = await Promise.allSettled([
      createOrganization(platform, founder, { name: `Contended ${round}` }),
      perform(platform, other, updateOrganization, { slug: `contended-${round}` }),
    ]);
    expect(founded).toMatchObject({ status: "fulfilled", value: { slug: expect.stringMatching(/^contended-\d/) } });
    if (taken.status === "rejected") expect(taken.reason).toMatchObject({ code: "conflict", path: "slug" });
  }
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { actionsOf, callTrpc, setUpOwner, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const ask = (path: string, input?: object) => callTrpc(api, path, { ...(input && { input }), ...owner });
const tell = (path: string, input: object) => callTrpc(api, path, { input, mutation: true, ...owner });

test("the console makes a team, fills it, opens its log and deletes it", async () => {
  const me = (await ask("session.me")).data as { user: { id: string } };
  const { data } = await tell("teams.create", { name: "Finance" });
  const { id: teamId } = data as { id: string };
  expect((await ask("teams.candidates", { teamId, search: "ada" })).data).toMatchObject([{ userId: me.user.id }]);
  expect((await tell("teams.addMember", { teamId, userId: me.user.id, role: "admin" })).status).toBe(200);
  expect((await ask("teams.members", { teamId })).data).toMatchObject({ members: [{ name: "Ada", role: "admin", status: "active" }] });
  expect((await ask("session.me")).data).toMatchObject({ organizations: [{ teams: [{ id: teamId, name: "Finance", seesLog: true }] }] });
  const log = (await ask("events.list", { teamId })).data as { events: { action: string }[] };
  expect(log.events.map(({ action }) => action)).toEqual(["team_member_added", "team_created"]);
  const { groups } = (await ask("events.facets", { keys: ["team"] })).data as { groups: { values: unknown[] }[] };
  expect(groups[0]?.values).toEqual([{ value: teamId, label: "Finance", count: 2 }]);
  await tell("teams.setRole", { teamId, userId: me.user.id, role: "member" });
  await tell("teams.removeMember", { teamId, userId: me.user.id });
  await tell("teams.update", { teamId, name: "Money" });
  await tell("teams.delete", { teamId });
  expect((await ask("events.list", { teamId })).refusal).toMatchObject({ code: "not_found", path: "teamId" });
  expect(await actionsOf(api, owner.organizationId)).toEqual(
    expect.arrayContaining(["team_role_updated", "team_member_removed", "team_updated", "team_deleted"]),
  );
});

test("a renamed organization is told with its former name, and a second one is founded beside it", async () => {
  expect((await tell("organization.update", { slug: "acme-group", timeZone: "UTC" })).data).toEqual({ slug: "acme-group", changed: true });
  expect((await ask("session.me")).data).toMatchObject({ organizations: [{ slug: "acme-group", formerSlugs: ["acme"], timeZone: "UTC" }] });
  expect((await tell("organization.create", { name: "Acme" })).data).toMatchObject({ slug: "acme-2" });
  expect((await ask("session.me")).data).toMatchObject({ organizations: [{ slug: "acme-group" }, { slug: "acme-2", formerSlugs: [], timeZone: "UTC" }] });
  expect((await tell("organization.create", { name: "" })).refusal).toMatchObject({ code: "invalid", path: "name" });
});

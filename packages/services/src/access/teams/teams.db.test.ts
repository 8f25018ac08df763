import { equals } from "@daybook/query";
import { members } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { look, testMember, testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import type { Context } from "../../context.ts";
import { newId } from "../../context.ts";
import { perform, read } from "../../verb.ts";
import { memberViewer } from "../viewers.ts";
import {
  addMemberToTeam,
  addTeamMember,
  createTeam,
  deleteTeam,
  getTeam,
  listTeamCandidates,
  listTeamMembers,
  listTeams,
  removeMemberFromTeam,
  setTeamRole,
  updateTeam,
} from "./index.ts";

let platform: TestPlatform;
let owner: Context;
let elsewhere: Context;

beforeAll(async () => {
  platform = await testPlatform();
  owner = await testOrganization(platform);
  elsewhere = await testOrganization(platform);
});
afterAll(() => platform.close());

/** The member as the next request finds them. */
async function now(context: Context): Promise<Context> {
  const { id = "", name = "", email = "" } = context.viewer.actor;
  return { ...context, viewer: await memberViewer(platform, { id, name, email }, context.viewer.organizationId) };
}
const userId = ({ viewer }: Context) => viewer.actor.id ?? "";

async function newest(action: string, { viewer }: Context = owner) {
  const { events } = await platform.store.search(viewer.organizationId, { query: equals("action", action), limit: 1 });
  const found = await platform.store.readEvent(viewer.organizationId, { id: events[0]?.id ?? "", query: { is: "everything" } });
  if (!found) throw new Error(`nothing was recorded under ${action}`);
  return found.event;
}
let named = 0;
const newTeam = async (by: Context = owner) => {
  named += 1;
  const name = `Team ${named}`;
  return { name, ...(await perform(platform, by, createTeam, { name })) };
};

test("a team is created, renamed, described and deleted, and each is in the log under its key with before and after", async () => {
  const { id } = await perform(platform, owner, createTeam, { name: " Insights ", description: "Dashboards" });
  expect(await newest("team_created")).toMatchObject({
    resource: { type: "team", id, name: "Insights" },
    team: { id, name: "Insights" },
    changes: { after: { name: "Insights", description: "Dashboards" } },
  });
  await perform(platform, owner, updateTeam, { teamId: id, name: "Insight" });
  const updated = await newest("team_updated");
  expect(updated).toMatchObject({ team: { id, name: "Insight" }, changes: { before: { name: "Insights" }, after: { name: "Insight" } } });
  expect(updated.changes?.fields.map(({ path }) => path)).toEqual(["name"]);
  await perform(platform, owner, updateTeam, { teamId: id, name: "Insight" });
  expect((await newest("team_updated")).id).toBe(updated.id);
  await perform(platform, owner, deleteTeam, { teamId: id });
  expect(await newest("team_deleted")).toMatchObject({
    resource: { id, name: "Insight" },
    team: { id, name: "Insight" },
    changes: { before: { name: "Insight" } },
  });
  await expect(read(platform, owner, getTeam, { teamId: id })).rejects.toMatchObject({ code: "not_found" });
});

test("two teams of one organization never have one name, also when they are created at once", async () => {
  const attempts = await Promise.allSettled(["Finance", "finance", "FINANCE"].map((name) => perform(platform, owner, createTeam, { name })));
  expect(attempts.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
  for (const attempt of attempts) if (attempt.status === "rejected") expect(attempt.reason).toMatchObject({ code: "conflict", path: "name" });
  await perform(platform, elsewhere, createTeam, { name: "Finance" });
  const other = await newTeam();
  await expect(perform(platform, owner, updateTeam, { teamId: other.id, name: "finance" })).rejects.toMatchObject({ code: "conflict" });
});

test("who joins, changes role and leaves stands in the log with the person and the role before and after", async () => {
  const team = await newTeam();
  const bob = await testMember(platform, owner, "member");
  await perform(platform, owner, addMemberToTeam, { teamId: team.id, userId: userId(bob) });
  const person = [{ type: "user", id: userId(bob), name: bob.viewer.actor.name }];
  expect(await newest("team_member_added")).toMatchObject({
    team,
    related_resources: person,
    metadata: { role: "member" },
    changes: { after: { role: "member" } },
  });
  await perform(platform, owner, setTeamRole, { teamId: team.id, userId: userId(bob), role: "admin" });
  const changed = await newest("team_role_updated");
  expect(changed).toMatchObject({ team, related_resources: person, changes: { before: { role: "member" }, after: { role: "admin" } } });
  expect(changed.description).toContain(bob.viewer.actor.name);
  await perform(platform, owner, setTeamRole, { teamId: team.id, userId: userId(bob), role: "admin" });
  await perform(platform, owner, addMemberToTeam, { teamId: team.id, userId: userId(bob) });
  expect((await newest("team_role_updated")).id).toBe(changed.id);
  await perform(platform, owner, removeMemberFromTeam, { teamId: team.id, userId: userId(bob) });
  expect(await newest("team_member_removed")).toMatchObject({ team, related_resources: person, changes: { before: { role: "admin" } } });
  await expect(perform(platform, owner, removeMemberFromTeam, { teamId: team.id, userId: userId(bob) })).rejects.toMatchObject({ code: "not_found" });
});

test("an admin of a team changes that team and no other, and loses this with the role", async () => {
  const [own, other] = [await newTeam(), await newTeam()];
  const [lead, bob] = [await testMember(platform, owner, "member"), await testMember(platform, owner, "member")];
  await perform(platform, owner, addMemberToTeam, { teamId: own.id, userId: userId(lead), role: "admin" });
  const admin = await now(lead);
  await perform(platform, admin, updateTeam, { teamId: own.id, description: "Ours" });
  await perform(platform, admin, addMemberToTeam, { teamId: own.id, userId: userId(bob) });
  expect(await newest("team_member_added")).toMatchObject({ actor: { id: userId(lead) }, team: { id: own.id } });
  expect((await read(platform, admin, listTeamCandidates, { teamId: own.id })).length).toBeGreaterThan(0);
  for (const teamId of [other.id, newId(platform), "no id", undefined])
    await expect(perform(platform, admin, addMemberToTeam, { teamId, userId: userId(bob) })).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(platform, admin, createTeam, { name: "More" })).rejects.toMatchObject({ code: "forbidden" });
  await perform(platform, owner, setTeamRole, { teamId: own.id, userId: userId(lead), role: "member" });
  await expect(perform(platform, await now(lead), updateTeam, { teamId: own.id, name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
});

test("only active members are added, and no auditors", async () => {
  const team = await newTeam();
  const [gone, auditor] = [await testMember(platform, owner, "member"), await testMember(platform, owner, "auditor")];
  await look(platform, `update members set status = 'suspended' where user_id = '${userId(gone)}'`);
  const stranger = userId(elsewhere);
  const add = (id: string) => perform(platform, owner, addMemberToTeam, { teamId: team.id, userId: id });
  for (const id of [userId(gone), stranger, newId(platform)])
    await expect(add(id)).rejects.toMatchObject({ code: "not_found", message: "There is no such member, or their access is not active." });
  await expect(add(userId(auditor))).rejects.toMatchObject({ code: "conflict" });
  const candidates = (await read(platform, owner, listTeamCandidates, { teamId: team.id })).map((each) => each.userId);
  expect(candidates).not.toEqual(expect.arrayContaining([userId(gone)]));
  expect(candidates).not.toEqual(expect.arrayContaining([userId(auditor)]));
});

test("members see the teams that they are in, admins all of them with their size", async () => {
  const [own, other] = [await newTeam(), await newTeam()];
  const bob = await testMember(platform, owner, "member");
  await perform(platform, owner, addMemberToTeam, { teamId: own.id, userId: userId(bob) });
  const seen = await read(platform, await now(bob), listTeams, {});
  expect(seen.teams).toMatchObject([{ id: own.id, memberCount: 1, role: "member", mayManage: false, seesLog: false }]);
  const all = await read(platform, await testMember(platform, owner, "admin"), listTeams, {});
  expect(all.teams.map(({ id }) => id)).toEqual(expect.arrayContaining([own.id, other.id]));
  expect(all.teams.every(({ mayManage, seesLog }) => mayManage && seesLog)).toBe(true);
  expect((await read(platform, owner, listTeams, { search: own.name.toUpperCase() })).teams.map(({ name }) => name)).toContain(own.name);
  expect(await read(platform, await now(bob), listTeamMembers, { teamId: own.id })).toMatchObject({ members: [{ userId: userId(bob), role: "member" }] });
  await expect(read(platform, await now(bob), getTeam, { teamId: other.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(read(platform, await now(bob), listTeamMembers, { teamId: other.id })).rejects.toMatchObject({ code: "not_found" });
});

test("a team of another organization and one that does not exist get the same answer", async () => {
  const foreign = await newTeam(elsewhere);
  const calls = (teamId: string) => [
    () => read(platform, owner, getTeam, { teamId }),
    () => read(platform, owner, listTeamMembers, { teamId }),
    () => read(platform, owner, listTeamCandidates, { teamId }),
    () => perform(platform, owner, updateTeam, { teamId, name: "Taken over" }),
    () => perform(platform, owner, deleteTeam, { teamId }),
    () => perform(platform, owner, addMemberToTeam, { teamId, userId: userId(owner) }),
    () => perform(platform, owner, removeMemberFromTeam, { teamId, userId: userId(elsewhere) }),
    () => perform(platform, owner, setTeamRole, { teamId, userId: userId(elsewhere), role: "admin" }),
  ];
  const answers = (teamId: string) =>
    Promise.all(
      calls(teamId).map((call) =>
        call().then(
          () => "done",
          (error: Error) => ({ ...error, message: error.message }),
        ),
      ),
    );
  const [ofForeign, ofNone] = [await answers(foreign.id), await answers(newId(platform))];
  expect(ofForeign).toEqual(ofNone);
  expect(ofForeign.every((answer) => typeof answer === "object" && "code" in answer && answer.code === "not_found")).toBe(true);
});

test("members of a team come in pages by name, each once", async () => {
  const team = await newTeam();
  const people = ["Zoë", "anna", "Ben", "ben", "Émile"];
  await platform.store.platformTransaction(async (tx) => {
    for (const name of people) {
      const id = newId(platform);
      await members.insertUser(tx, { id, accountId: newId(platform), name, email: `${id}@example.com`, passwordHash: "none" });
      await members.insert(tx, { organizationId: owner.viewer.organizationId, userId: id, role: "member" });
      await addTeamMember(platform, tx, owner, { teamId: team.id, userId: id, role: "member" });
    }
  });
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { members: { name: string }[]; nextCursor: string | null } = await read(platform, owner, listTeamMembers, {
      teamId: team.id,
      limit: 2,
      cursor,
    });
    names.push(...page.members.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor);
  expect(names.toSorted()).toEqual(people.toSorted());
  expect(await read(platform, owner, listTeamMembers, { teamId: team.id, search: "BEN" })).toMatchObject({ members: [{}, {}] });
  await expect(read(platform, owner, listTeamMembers, { teamId: team.id, cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid" });
});

import { Refusal } from "@daybook/event";
import { may, mayJoinTeams, roles, seesTeamLog, teamsSeenBy } from "@daybook/policy";
import type { TeamRole, Viewer } from "@daybook/policy";
import { teamMembers, teams } from "@daybook/store";
import type { ListedTeam, TeamMemberPlace } from "@daybook/store";
import { z } from "zod";
import type { Platform } from "../../platform.ts";
import { defineRead } from "../../verb.ts";
import { noSuchTeam, teamId } from "./team-event.ts";
import { teamsMax } from "./teams.ts";

const search = z.string().trim().max(100).optional();
/** Candidates that a search box can show; more are found by typing. */
const candidatesMax = 20;
const membersPageMax = 200;

export interface TeamView {
  id: string;
  name: string;
  description: string;
  createdAt: string;
  memberCount: number;
  /** The viewer's own role in it; null for who is not in it. */
  role: TeamRole | null;
  mayManage: boolean;
  seesLog: boolean;
}

/** Those that the viewer may know of, by name. */
export const listTeams = defineRead({
  name: "teams.list",
  needs: "teams:read",
  input: z.object({ search }).prefault({}),
  async run({ store }, { viewer }, input): Promise<{ teams: TeamView[]; teamsMax: number }> {
    const { organizationId } = viewer;
    const seen = teamsSeenBy(viewer);
    const asked = { search: input.search, userId: userOf(viewer), onlyTheirs: seen !== "all", limit: teamsMax };
    const rows = await teams.list(store.of(organizationId), organizationId, asked);
    return { teams: rows.map((row) => viewOf(viewer, row)), teamsMax };
  },
});

export const getTeam = defineRead({
  name: "teams.get",
  needs: "teams:read",
  input: z.object({ teamId }),
  run: async (platform, { viewer }, input): Promise<TeamView> => viewOf(viewer, await seenTeam(platform, viewer, input.teamId)),
});

export interface TeamMemberView {
  userId: string;
  name: string;
  email: string;
  role: TeamRole;
  status: "active" | "suspended" | "removed";
  since: string;
}

/** By name, in pages. */
export const listTeamMembers = defineRead({
  name: "teams.members",
  needs: "teams:read",
  input: z.object({
    teamId,
    search,
    cursor: z.string().max(1_024).nullish(),
    limit: z.number().int().min(1).max(membersPageMax).default(100),
  }),
  async run(platform, { viewer }, { limit, ...input }): Promise<{ members: TeamMemberView[]; nextCursor: string | null }> {
    const { organizationId } = viewer;
    await seenTeam(platform, viewer, input.teamId);
    const after = input.cursor ? readCursor(input.cursor) : null;
    const rows = await teamMembers.list(platform.store.of(organizationId), organizationId, { ...input, after, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      members: shown.map(({ createdAt, ...row }) => ({ ...row, since: createdAt.toISOString() })),
      nextCursor: rows.length > limit && last ? writeCursor(last) : null,
    };
  },
});

/** Who could be added: for those who may add them, and as few as a search box shows. */
export const listTeamCandidates = defineRead({
  name: "teams.candidates",
  needs: "teams:manage",
  within: "team",
  input: z.object({ teamId, search }),
  async run(platform, { viewer }, input): Promise<{ userId: string; name: string; email: string }[]> {
    const { organizationId } = viewer;
    await seenTeam(platform, viewer, input.teamId);
    return teamMembers.outside(platform.store.of(organizationId), organizationId, { ...input, roles: roles.filter(mayJoinTeams), limit: candidatesMax });
  },
});

/** A team that is somebody else's and one that does not exist get the same answer. */
async function seenTeam({ store }: Platform, viewer: Viewer, id: string): Promise<ListedTeam> {
  const row = await teams.findListed(store.of(viewer.organizationId), viewer.organizationId, { id, userId: userOf(viewer) });
  if (!row || (teamsSeenBy(viewer) !== "all" && row.role === null)) throw noSuchTeam();
  return row;
}

const userOf = (viewer: Viewer): string | null => (viewer.kind === "member" || viewer.kind === "member_key" ? viewer.userId : null);

const viewOf = (viewer: Viewer, { id, name, description, createdAt, memberCount, role }: ListedTeam): TeamView => ({
  id,
  name,
  description,
  createdAt: createdAt.toISOString(),
  memberCount,
  role,
  mayManage: may(viewer, "teams:manage", { teamId: id }).allowed,
  seesLog: seesTeamLog(viewer, id),
});

const writeCursor = ({ userId, name }: TeamMemberPlace): string => Buffer.from(`${userId} ${name}`).toString("base64url");

const cursorText = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([^\0]*)$/s;

/** Cursors come back from outside: what does not read as one is refused with words. */
function readCursor(cursor: string): TeamMemberPlace {
  const [, userId, name] = cursorText.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (userId === undefined || name === undefined)
    throw new Refusal("invalid", "The cursor is not one that Daybook gave out. Start again without it.", "cursor");
  return { userId, name };
}

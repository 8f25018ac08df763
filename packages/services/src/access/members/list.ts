import { Refusal } from "@daybook/event";
import { mayTouchMember, roles, rolesToGive } from "@daybook/policy";
import type { Role } from "@daybook/policy";
import { memberList } from "@daybook/store";
import type { ListedMember, MemberPlace } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../../verb.ts";
import { parseRole } from "../viewers.ts";

export const membersPageMax = 100;
const cursorLengthMax = 1_000;
const searchLengthMax = 100;

export interface MemberView {
  userId: string;
  name: string;
  email: string;
  role: Role;
  status: ListedMember["status"];
  /** When the standing last changed; null for who never was anything but active. */
  statusAt: string | null;
  joinedAt: string;
  /** To a few minutes; null for who has not come yet. */
  lastActiveAt: string | null;
  teams: { id: string; name: string; role: "admin" | "member" }[];
  groups: number;
  signInMethods: ("password" | "passkey" | "single_sign_on")[];
  twoFactor: boolean;
  /** Whether the one who asks may change this member. */
  mayChange: boolean;
}

export interface MembersPage {
  members: MemberView[];
  nextCursor: string | null;
  /** Roles that the one who asks may give. */
  rolesToGive: Role[];
}

export const listMembers = defineRead({
  name: "members.list",
  needs: "members:read",
  input: z
    .object({
      search: z.string().trim().max(searchLengthMax).optional(),
      role: z.enum(roles).optional(),
      /** Default: active and suspended ones. */
      status: z.enum(["active", "suspended", "removed"]).optional(),
      userId: z.uuid().optional(),
      limit: z.number().int().min(1).max(membersPageMax).default(50),
      cursor: z.string().max(cursorLengthMax).nullish(),
    })
    .prefault({}),
  async run({ store }, { viewer }, { limit, cursor, ...asked }): Promise<MembersPage> {
    const { organizationId } = viewer;
    const db = store.of(organizationId);
    const found = await memberList.list(db, organizationId, { ...asked, after: cursor ? readCursor(cursor) : null, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const userIds = rows.map(({ userId }) => userId);
    const [teams, groups, ways, linked] =
      userIds.length === 0
        ? [[], [], [], []]
        : await Promise.all([
            memberList.teamsOf(db, organizationId, userIds),
            memberList.groupCounts(db, organizationId, userIds),
            memberList.waysToSignIn(store.platform, userIds),
            memberList.linkedTo(db, organizationId, userIds),
          ]);
    const last = rows.at(-1);
    return {
      members: rows.map(({ role, statusAt, joinedAt, lastActiveAt, ...row }) => ({
        ...row,
        role: parseRole(role),
        statusAt: statusAt?.toISOString() ?? null,
        joinedAt: joinedAt.toISOString(),
        lastActiveAt: lastActiveAt?.toISOString() ?? null,
        teams: teams.flatMap(({ userId, ...team }) => (userId === row.userId ? [team] : [])),
        groups: groups.find(({ userId }) => userId === row.userId)?.count ?? 0,
        signInMethods: [
          ...ways.flatMap(({ userId, way }) => (userId === row.userId && way !== "two_factor" ? [way] : [])),
          ...(linked.some(({ userId }) => userId === row.userId) ? ["single_sign_on" as const] : []),
        ],
        twoFactor: ways.some(({ userId, way }) => userId === row.userId && way === "two_factor"),
        mayChange: mayTouchMember(viewer, parseRole(role)).allowed,
      })),
      nextCursor: found.length > limit && last ? writeCursor(last) : null,
      rolesToGive: rolesToGive(viewer),
    };
  },
});

const writeCursor = ({ name, userId }: MemberPlace): string => Buffer.from(JSON.stringify([name, userId])).toString("base64url");

const place = z.tuple([z.string(), z.uuid()]);

function readCursor(text: string): MemberPlace {
  try {
    const [name, userId] = place.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    if (!name.includes("\u0000")) return { name, userId };
  } catch {
    // Falls through to the refusal.
  }
  throw new Refusal("invalid", "The cursor is not one that a page gave.", "cursor");
}

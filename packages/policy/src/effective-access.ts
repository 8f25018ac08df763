import type { Role } from "./viewer.ts";

/** What somebody may do with a collection or a connection, from least to most. */
export const accessLevels = ["view", "query", "manage"] as const;
export type Access = (typeof accessLevels)[number];
/** What members without access of their own have. */
export const defaultAccesses = ["none", ...accessLevels] as const;
export type DefaultAccess = (typeof defaultAccesses)[number];

export const accessTitles: Record<DefaultAccess, string> = { none: "None", view: "View", query: "Query", manage: "Manage" };

export interface GroupAccess {
  id: string;
  name: string;
  access: Access;
}

/** All that gives one member access to one thing. */
export interface AccessSources {
  direct: Access | null;
  /** Of the groups that the member is in. */
  groups: readonly GroupAccess[];
  /** `none` for what is not given by default. */
  byDefault: DefaultAccess;
}

export interface EffectiveAccess {
  access: Access;
  /** What gives it: of several that give the same, the one nearest to the member. */
  by: "member" | "group" | "default";
  group: { id: string; name: string } | null;
  /** For people: `by group Data team: Query`. */
  reason: string;
}

/** The strongest of what a member was given directly, by groups and by default; null for who may not use it at all. */
export function effectiveAccess({ direct, groups, byDefault }: AccessSources): EffectiveAccess | null {
  const ways: EffectiveAccess[] = [];
  if (direct !== null) ways.push({ access: direct, by: "member", group: null, reason: `given directly: ${accessTitles[direct]}` });
  for (const { id, name, access } of groups.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    ways.push({ access, by: "group", group: { id, name }, reason: `by group ${name}: ${accessTitles[access]}` });
  if (byDefault !== "none") ways.push({ access: byDefault, by: "default", group: null, reason: `by the default of the workspace: ${accessTitles[byDefault]}` });
  return ways.reduce<EffectiveAccess | null>((best, way) => (best === null || isMore(way.access, best.access) ? way : best), null);
}

export const isMore = (access: DefaultAccess, than: DefaultAccess): boolean => defaultAccesses.indexOf(access) > defaultAccesses.indexOf(than);

/** Default access is for those who work here; an auditor comes from outside. */
export const takesDefaultAccess = (role: Role): boolean => role !== "auditor";

import { Refusal } from "@daybook/event";
import { seesTeamLog, teamLog, visibleTo } from "@daybook/policy";
import { allOf } from "@daybook/query";
import type { Query } from "@daybook/query";
import { teams } from "@daybook/store";
import { z } from "zod";
import { readersOf } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";

/** The team whose log is open, for reads that can be asked within one; without it, the whole log as far as the viewer sees it. */
export const logOfTeam = { teamId: z.uuid().optional() };

/**
 * What lies in the log that is open: all that the viewer may see, or of that the log of one team. Whoever may not open a team's log hears what they
 * would hear of a team that does not exist.
 */
export async function openLog({ store }: Platform, context: Context, teamId?: string): Promise<Query> {
  const { viewer } = context;
  const readers = readersOf(context);
  const visible = readers.length === 1 ? visibleTo(viewer) : allOf(...readers.map(visibleTo));
  if (teamId === undefined) return visible;
  const isOpen =
    readers.every((reader) => seesTeamLog(reader, teamId)) && (await teams.find(store.of(viewer.organizationId), viewer.organizationId, teamId)) !== null;
  if (!isOpen) throw new Refusal("not_found", "There is no such team, or you may not see its log.", "teamId");
  return allOf(visible, teamLog(teamId));
}

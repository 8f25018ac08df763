import type { LogType } from "@daybook/event";
import { readLogsSearch, type LogsSearch } from "./logs-search.ts";

/** What was searched for in a log: the reader finds it again when they come back from the other type, whatever range was chosen meanwhile. */
type Side = Pick<LogsSearch, "q" | "view" | "without">;

interface SideOf {
  userId: string;
  organizationId: string;
  teamId: string | undefined;
  logType: LogType;
}

/** For as long as the tab is open. */
export function rememberSide(of: SideOf, search: LogsSearch): void {
  try {
    sessionStorage.setItem(keyOf(of), JSON.stringify(sideOf(search)));
  } catch {
    // Where nothing can be kept, the other log opens with its range alone.
  }
}

export function rememberedSide(of: SideOf): Side {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(of)) ?? "{}");
    return typeof kept === "object" && kept !== null ? sideOf(readLogsSearch({ ...kept }).search) : {};
  } catch {
    return {};
  }
}

const sideOf = ({ q, view, without }: LogsSearch): Side => ({
  ...(q !== undefined && { q }),
  ...(view !== undefined && { view }),
  ...(without !== undefined && { without }),
});

/** Whoever signs in next in this tab does not find it. */
const keyOf = ({ userId, organizationId, teamId = "", logType }: SideOf): string => `daybook.side.${userId}.${organizationId}.${teamId}.${logType}`;

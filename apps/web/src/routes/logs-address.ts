import { notFound } from "@tanstack/react-router";
import { logTypes } from "@daybook/event";
import { readSearch, withoutKey } from "@daybook/query";
import { readLogsSearch, withClauses, type LogsSearch } from "../features/logs/logs-search.ts";
import { textOf } from "../features/logs/search-text.ts";
import { toast } from "../ui/toast.tsx";

type LogType = (typeof logTypes)[number];

/** How every address of a log is read, through whichever door it stands. */
export const logTypeParams = {
  parse: ({ logType }: { logType: string }): { logType: LogType } => {
    const known = logTypes.find((each) => each === logType);
    if (!known) throw notFound();
    return { logType: known };
  },
  stringify: ({ logType }: { logType: LogType }) => ({ logType }),
};

export function readLogAddress(raw: Record<string, unknown>): LogsSearch {
  const { search, ignored } = readLogsSearch(raw);
  tellIgnored(ignored);
  return search;
}

/** In the log of one team there is no choice of teams: a link must not seem to widen it. */
export function readTeamLogAddress(raw: Record<string, unknown>): LogsSearch {
  const { search, ignored } = readLogsSearch(raw);
  const { clauses, findings } = readSearch(search.q ?? "");
  const teams = findings.length > 0 ? [] : clauses.filter((clause) => clause.is === "key" && clause.key === "team");
  tellIgnored([...ignored, ...teams.map((clause) => textOf([clause]))]);
  return teams.length > 0 ? withClauses(search, withoutKey(clauses, "team")) : search;
}

// The router puts the clean search into the address at once, so this is the only place that sees what was wrong with it.
function tellIgnored(ignored: readonly string[]): void {
  if (ignored.length > 0) queueMicrotask(() => toast(`Ignored ${ignored.map((each) => `\`${each}\``).join(", ")} in the link.`));
}

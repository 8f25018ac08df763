import { describeSearch } from "@daybook/query";
import type { LogPlace } from "./log-place.ts";
import { clausesOf } from "./logs-search.ts";

/** What a tab is called, so that several of them can be told apart: the search first. */
export function logTitle({ search, team, logType }: LogPlace): string {
  const clauses = clausesOf(search);
  const words = clauses.length === 0 ? "" : describeSearch(clauses);
  const log = `${team ? `${team.name} · ` : ""}${logType === "activity" ? "User activity" : "System"} logs`;
  return words === "" ? log : `${words.charAt(0).toUpperCase()}${words.slice(1)} · ${log}`;
}

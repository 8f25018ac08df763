import { Link } from "@tanstack/react-router";
import type { LogType } from "@daybook/event";
import type { ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import type { LogsSearch } from "../logs/logs-search.ts";

interface LogLinkProps {
  logType: LogType;
  /** The team whose log the event was opened in: links stay within it. */
  teamId?: string | undefined;
  search: LogsSearch;
  className?: string;
  label?: string;
  children: ReactNode;
}

/** The log with another search: a link, so that it opens in a tab of its own as well. */
export function LogLink({ logType, teamId, search, className = "link", label, children }: LogLinkProps) {
  const { slug: org } = useOrganization();
  const shared = { search, className, preload: false as const, ...(label === undefined ? {} : { "aria-label": label }) };
  return teamId === undefined ? (
    <Link to="/o/$org/logs/$logType" params={{ org, logType }} {...shared}>
      {children}
    </Link>
  ) : (
    <Link to="/o/$org/teams/$team/logs/$logType" params={{ org, team: teamId, logType }} {...shared}>
      {children}
    </Link>
  );
}

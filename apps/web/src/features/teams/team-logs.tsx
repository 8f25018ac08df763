import { useParams, useSearch } from "@tanstack/react-router";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Explorer } from "../logs/explorer.tsx";
import { useTeam } from "./use-team.ts";

/** The log of one team: which one stands in the path, and no filter leads out of it. */
export function TeamLogs() {
  const { org, team: teamId, logType } = useParams({ from: "/o/$org/teams/$team/logs/$logType" });
  const search = useSearch({ from: "/o/$org/teams/$team/logs/$logType" });
  const team = useTeam(teamId);
  if (!team.data?.seesLog)
    return (
      <Page title="Audit logs">
        <QueryPanel query={team} what="The team" isEmpty={({ seesLog }) => !seesLog} empty={<NotForMembers />}>
          {() => null}
        </QueryPanel>
      </Page>
    );
  const { id, name } = team.data;
  return (
    <Explorer
      place={{
        logType,
        team: { id, name },
        search,
        link: (type, next) => ({ to: "/o/$org/teams/$team/logs/$logType", params: { org, team: id, logType: type }, search: next }),
      }}
    />
  );
}

const NotForMembers = () => (
  <div data-state="forbidden">
    <EmptyPanel title="This log is not yours to see">
      Admins of the team, and owners and admins of the organization, see its log. An admin of the team can make you one.
    </EmptyPanel>
  </div>
);

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { plural } from "../../ui/numbers.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { TeamDialog } from "./team-dialog.tsx";
import { roleWords } from "./team-words.ts";
import type { Team } from "./use-team.ts";

const searchFrom = 9;

export function TeamsPage() {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const teams = useQuery(trpc.teams.list.queryOptions({}));
  const [creating, setCreating] = useState(false);
  const [text, setText] = useState("");
  const create = grants.includes("teams:create") ? (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      New team
    </Button>
  ) : null;
  return (
    <Page title="Teams" about="Events that name a team stand in the team's own log, which its admins see as well." action={create}>
      <QueryPanel
        query={teams}
        what="Teams"
        isEmpty={(data) => data.teams.length === 0}
        empty={
          create ? (
            <EmptyPanel title="No team yet" action={create}>
              A team is a part of the organization with a log of its own. Its admins see what happens in it without seeing everything else.
            </EmptyPanel>
          ) : (
            <EmptyPanel title="You are in no team">Here stand the teams that you are in. An owner or admin of the organization can add you to one.</EmptyPanel>
          )
        }
      >
        {(data) => (
          <div className="flex flex-col gap-3">
            {data.teams.length >= searchFrom && (
              <input
                aria-label="Find a team"
                placeholder="Find a team…"
                className="control max-w-[320px]"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
            <TeamTable teams={data.teams.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))} />
          </div>
        )}
      </QueryPanel>
      {creating && <TeamDialog team={null} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function TeamTable({ teams }: { teams: readonly Team[] }) {
  const { slug: org } = useOrganization();
  if (teams.length === 0) return <p className="text-ink-2">No team has this in its name.</p>;
  return (
    <Table label="Teams" columns={["Team", "Members", "Your role", "Created", ""]}>
      {teams.map((team) => (
        <tr key={team.id} data-team={team.id}>
          <td data-label="Team">
            <div className="min-w-0">
              <Link to="/o/$org/teams/$team" params={{ org, team: team.id }} className="link font-medium break-words">
                {team.name}
              </Link>
              {team.description && <p className="text-ink-2 break-words">{team.description}</p>}
            </div>
          </td>
          <td data-label="Members">{plural(team.memberCount, "member")}</td>
          <td data-label="Your role">{team.role ? roleWords[team.role].label : <span className="text-ink-3">None</span>}</td>
          <td data-label="Created">
            <Time at={team.createdAt} as="day" />
          </td>
          <td data-label="Log">
            {team.seesLog && (
              <Link
                to="/o/$org/teams/$team/logs/$logType"
                params={{ org, team: team.id, logType: "activity" }}
                className="link whitespace-nowrap"
                aria-label={`Audit logs of ${team.name}`}
              >
                Audit logs
              </Link>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

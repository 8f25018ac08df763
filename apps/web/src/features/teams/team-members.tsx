import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { CopyTextButton } from "../../ui/copy-button.tsx";
import { plural } from "../../ui/numbers.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel, ErrorPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { useSettled } from "../../ui/use-settled.ts";
import { AddMemberDialog } from "./add-member-dialog.tsx";
import { MemberRow } from "./member-row.tsx";
import { TeamMenu } from "./team-menu.tsx";
import { useTeam, type Team } from "./use-team.ts";

const settleMs = 250;
const pageRows = 100;
const searchFrom = 9;

export function TeamMembers() {
  const { team: teamId } = useParams({ from: "/o/$org/teams/$team/" });
  const team = useTeam(teamId);
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      Add member
    </Button>
  );
  return (
    <Page
      title={team.data?.name ?? "Team"}
      about={team.data?.description}
      action={
        team.data?.mayManage && (
          <div className="flex gap-2">
            {add}
            <TeamMenu team={team.data} />
          </div>
        )
      }
    >
      <QueryPanel query={team} what="The team">
        {(data) => (
          <>
            {data.memberCount === 0 ? (
              <EmptyPanel title="Nobody is in this team yet" action={data.mayManage ? add : undefined}>
                Its members see it here; its admins see its log as well and can change it.
              </EmptyPanel>
            ) : (
              <MemberList team={data} />
            )}
            {data.mayManage && (
              <p className="mt-4 flex flex-wrap items-center gap-2 text-meta text-ink-3">
                Events belong to this team when they carry its id <code className="mono break-all">{data.id}</code>
                <CopyTextButton text={data.id} label="Copy id" />
              </p>
            )}
          </>
        )}
      </QueryPanel>
      {adding && <AddMemberDialog teamId={teamId} teamName={team.data?.name ?? "the team"} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function MemberList({ team }: { team: Team }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [text, setText] = useState("");
  const search = useSettled(text.trim(), settleMs);
  const asked = { teamId: team.id, limit: pageRows, ...(search && { search }) };
  const query = useInfiniteQuery({
    queryKey: [...trpc.teams.members.pathKey(), "pages", asked],
    queryFn: ({ pageParam, signal }) => client.teams.members.query({ ...asked, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const members = query.data?.pages.flatMap((page) => page.members) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="font-medium">{plural(team.memberCount, "member")}</p>
        {team.memberCount >= searchFrom && (
          <input
            aria-label="Find a member"
            placeholder="Find by name or address…"
            className="control max-w-[320px]"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </div>
      {query.isError && <ErrorPanel error={query.error} what="The members" onRetry={() => void query.refetch()} />}
      {query.isSuccess && members.length === 0 && <p className="text-ink-2">No member of the team is called this.</p>}
      {members.length > 0 && (
        <Table label={`Members of ${team.name}`} columns={["Name", "Role in the team", "Since", ...(team.mayManage ? [""] : [])]}>
          {members.map((member) => (
            <MemberRow key={member.userId} team={team} member={member} />
          ))}
        </Table>
      )}
      {query.hasNextPage && (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          More members
        </Button>
      )}
    </div>
  );
}

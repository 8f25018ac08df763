import { useInfiniteQuery } from "@tanstack/react-query";
import { roles, type Role } from "@daybook/policy";
import { useState, type ReactNode } from "react";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyPanel, ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { useSettled } from "../../ui/use-settled.ts";
import { MemberRow } from "./member-row.tsx";
import { roleTitle, standingWords, type Member } from "./member-words.ts";

const settleMs = 250;
const pageRows = 50;
const columns = ["Name", "Role", "Teams and groups", "Last active", "Sign-in", "Joined", ""];

export function MemberList({ invite }: { invite: ReactNode }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [text, setText] = useState("");
  const [role, setRole] = useState<Role | "">("");
  const [status, setStatus] = useState<Member["status"] | "">("");
  const search = useSettled(text.trim(), settleMs);
  const asked = { limit: pageRows, ...(search && { search }), ...(role && { role }), ...(status && { status }) };
  const filtered = search !== "" || role !== "" || status !== "";
  const query = useInfiniteQuery({
    queryKey: [...trpc.members.list.pathKey(), "pages", asked],
    queryFn: ({ pageParam, signal }) => client.members.list.query({ ...asked, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    // Somebody may have joined a moment ago: whoever comes back to the list sees them.
    staleTime: 0,
  });
  const members = query.data?.pages.flatMap((page) => page.members) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <div role="search" className="flex flex-wrap gap-2">
        <input
          type="search"
          aria-label="Find a member"
          placeholder="Find by name or address…"
          className="control w-full sm:w-[280px]"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <select
          aria-label="Role"
          className="control w-auto"
          value={role}
          onChange={(event) => setRole(roles.find((each) => each === event.target.value) ?? "")}
        >
          <option value="">Every role</option>
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleTitle(each)}
            </option>
          ))}
        </select>
        <select
          aria-label="Standing"
          className="control w-auto"
          value={status}
          onChange={(event) => setStatus((["active", "suspended", "removed"] as const).find((each) => each === event.target.value) ?? "")}
        >
          <option value="">Active and suspended</option>
          <option value="active">{standingWords.active}</option>
          <option value="suspended">{standingWords.suspended}</option>
          <option value="removed">Former members</option>
        </select>
      </div>
      {query.isError && <ErrorPanel error={query.error} what="The members" onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton />}
      {query.isSuccess && members.length === 0 && (
        <Nobody
          filtered={filtered}
          former={status === "removed" && search === "" && role === ""}
          invite={invite}
          onClear={() => {
            setText("");
            setRole("");
            setStatus("");
          }}
        />
      )}
      {members.length > 0 && (
        <div data-state={query.isPlaceholderData ? "stale" : "ready"} className={query.isPlaceholderData ? "opacity-60" : ""}>
          <Table label="Members" columns={columns}>
            {members.map((member) => (
              <MemberRow key={member.userId} member={member} />
            ))}
          </Table>
        </div>
      )}
      {query.hasNextPage && (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} className="self-center">
          {query.isFetchingNextPage ? "Loading…" : "More members"}
        </Button>
      )}
    </div>
  );
}

function Nobody({ filtered, former, invite, onClear }: { filtered: boolean; former: boolean; invite: ReactNode; onClear: () => void }) {
  if (former)
    return (
      <EmptyPanel title="Nobody has left" action={<Button onClick={onClear}>Show members</Button>}>
        Who is removed, or leaves, stands here and can be invited again.
      </EmptyPanel>
    );
  if (filtered)
    return (
      <EmptyPanel title="No member is like this" action={<Button onClick={onClear}>Clear the filters</Button>}>
        Former members are found by their standing.
      </EmptyPanel>
    );
  return <EmptyPanel title="Nobody is here yet" action={invite} />;
}

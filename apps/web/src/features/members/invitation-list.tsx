import type { UseQueryResult } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { InvitationRow } from "./invitation-row.tsx";
import type { Invitation } from "./member-words.ts";

const columns = ["Address", "Role", "State", "Invited", "Expires", ""];

export function InvitationList({ query, invite }: { query: UseQueryResult<Invitation[], unknown>; invite: ReactNode }) {
  const [showsAll, setShowsAll] = useState(false);
  return (
    <QueryPanel
      query={query}
      what="Invitations"
      isEmpty={(list) => list.length === 0}
      empty={
        <EmptyPanel title="Nobody is invited" action={invite}>
          An invitation goes out by mail and can be accepted for seven days.
        </EmptyPanel>
      }
    >
      {(list) => {
        const waiting = list.filter(({ state }) => state === "open" || state === "expired");
        const shown = showsAll ? list : waiting;
        return (
          <div className="flex flex-col gap-3">
            {shown.length === 0 ? (
              <p className="py-6 text-center text-ink-2">No invitation waits for an answer.</p>
            ) : (
              <Table label="Invitations" columns={columns}>
                {shown.map((invitation) => (
                  <InvitationRow key={invitation.id} invitation={invitation} />
                ))}
              </Table>
            )}
            {list.length > waiting.length && (
              <Button size="dense" className="self-start" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
                {showsAll ? "Hide answered ones" : `Show answered ones (${list.length - waiting.length})`}
              </Button>
            )}
          </div>
        );
      }}
    </QueryPanel>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";

/** Why this event is on the screen, and, for those who give access, who else has it on theirs. */
export function WhoSees({ eventId, why }: { eventId: string; why: string }) {
  const { grants } = useOrganization();
  const [open, setOpen] = useState(false);
  return (
    <section>
      <h2 className="mb-1 text-meta font-semibold text-ink-3">Who can see it</h2>
      <p data-visible-because className="text-ink-2">
        {why}
      </p>
      {grants.includes("events:simulate") && (
        <div className="mt-2">
          <Button size="dense" aria-expanded={open} onClick={() => setOpen(!open)}>
            Who can see this event
          </Button>
        </div>
      )}
      {open && <Onlookers eventId={eventId} />}
    </section>
  );
}

function Onlookers({ eventId }: { eventId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.access.whoSees.queryOptions({ id: eventId }));
  return (
    <QueryPanel query={query} what="Who can see it">
      {({ people, seeingTotal, membersAsked, capped }) => (
        <div className="mt-2">
          <p className="text-meta text-ink-3">
            {seeingTotal} of {capped ? `the first ${membersAsked}` : membersAsked} {membersAsked === 1 ? "member" : "members"}
            {people.length < seeingTotal && `, ${people.length} of them shown`}
          </p>
          <ul>
            {people.map(({ id, name, email, reason }) => (
              <li key={id} className="border-b py-1.5 last:border-0">
                <span className="font-medium">{name}</span> <span className="text-meta break-all text-ink-2">{email}</span>
                <span className="block text-ink-2">{reason}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </QueryPanel>
  );
}

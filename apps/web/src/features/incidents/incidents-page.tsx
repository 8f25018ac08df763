import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { IncidentCard } from "./incident-card.tsx";

const views = [
  { value: "active", label: "Active" },
  { value: "resolved", label: "Resolved" },
] as const;

export function IncidentsPage() {
  const { org } = useParams({ from: "/o/$org/incidents" });
  const { state = "active", incident, act } = useSearch({ from: "/o/$org/incidents" });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const all = useQuery(
    trpc.incidents.list.queryOptions(
      {},
      {
        refetchInterval: ({ state: { error } }) => unlessRefused(error, 2000),
        enabled: state === "active" || incident !== undefined,
        select: (list) => list.filter((each) => (incident ? each.id === incident : each.state !== "resolved")),
      },
    ),
  );
  const resolved = useQuery(trpc.incidents.list.queryOptions({ state: "resolved" }, { enabled: state === "resolved" && incident === undefined }));
  const incidents = state === "resolved" && incident === undefined ? resolved : all;
  return (
    <Page title="Incidents" about="What an alert rule found. Whoever acknowledges or resolves one is recorded in the activity log.">
      {incident && (
        <Link to="/o/$org/incidents" params={{ org }} className="link self-start">
          All incidents
        </Link>
      )}
      {!incident && (
        <Segmented
          label="State"
          options={views}
          value={state}
          onChange={(next) => void navigate({ to: "/o/$org/incidents", params: { org }, search: next === "active" ? {} : { state: next } })}
        />
      )}
      <QueryPanel
        query={incidents}
        what="Incidents"
        isEmpty={(list) => list.length === 0}
        empty={
          incident ? (
            <EmptyPanel title="This incident is not among the newest">It was handled long ago, or it belongs to another organization.</EmptyPanel>
          ) : (
            <EmptyPanel
              title={state === "resolved" ? "Nothing resolved yet" : "Nothing is wrong that a rule would see"}
              action={
                <Link to="/o/$org/alerts" params={{ org }} className="link">
                  See the alert rules
                </Link>
              }
            >
              {state === "active" ? "When a rule matches, the incident appears here and a mail goes to the rule's recipients." : null}
            </EmptyPanel>
          )
        }
      >
        {(list) => (
          <ul className="flex flex-col gap-3">
            {list.map((each) => (
              <li key={each.id}>
                <IncidentCard incident={each} isAsked={act === "acknowledge"} />
              </li>
            ))}
          </ul>
        )}
      </QueryPanel>
    </Page>
  );
}

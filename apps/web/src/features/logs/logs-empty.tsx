import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useTRPC } from "../../trpc.ts";
import { useOpen } from "../../shell/organization.tsx";
import { forgetSession } from "../../shell/session.ts";
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { relativeTime } from "../../ui/relative-time.ts";
import { Time } from "../../ui/time.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useZone } from "../../ui/zone-context.ts";
import { startOfDay } from "../../ui/zone-time.ts";
import { DemoButton } from "../setup/demo-button.tsx";
import { firstEventCurl } from "../setup/first-event-curl.ts";
import type { LogPlace } from "./log-place.ts";
import { EmptySearch } from "./filters/empty-search.tsx";
import { hasRange, isFiltered, toFilter, withRange } from "./logs-search.ts";
import type { Go } from "./use-logs-navigation.ts";

interface LogsEmptyProps {
  place: LogPlace;
  onChange: Go;
}

/** Three reasons for an empty list, each with the way out of it: the filter, the range, or nothing was ever sent. */
export function LogsEmpty(props: LogsEmptyProps) {
  const { search, team, logType } = props.place;
  const { grants } = useOpen().organization;
  if (isFiltered(search)) return <EmptySearch {...props} />;
  if (hasRange(search)) return <NothingInRange {...props} />;
  if (team) return <NothingOfTeam team={team} />;
  if (!grants.includes("tokens:manage")) return <NothingOfOwn />;
  return logType === "activity" ? <FirstUse /> : <NoSystemEvents />;
}

function NothingInRange({ place: { logType, search, team }, onChange }: LogsEmptyProps) {
  const trpc = useTRPC();
  const zone = useZone();
  const now = useNow();
  const newest = useQuery(
    trpc.events.list.queryOptions({ logType, filter: toFilter(withRange(search, {}), zone, 0), limit: 1, ...(team && { teamId: team.id }) }),
  );
  const event = newest.data?.events[0];
  const jump = (at: string) => {
    const instant = Date.parse(at);
    onChange(withRange(search, { from: new Date(startOfDay(instant, zone)).toISOString(), to: new Date(startOfDay(instant, zone, 1)).toISOString() }));
  };
  return (
    <div data-empty="range">
      <EmptyPanel
        title="Nothing happened in this time range"
        action={
          <>
            {event && (
              <Button look="primary" onClick={() => jump(event.occurred_at)}>
                Jump to it
              </Button>
            )}
            <Button onClick={() => onChange(withRange(search, {}))}>Show all time</Button>
          </>
        }
      >
        {event && (
          <>
            Last event {relativeTime(Date.parse(event.occurred_at), now)}, <Time at={event.occurred_at} />
          </>
        )}
      </EmptyPanel>
    </div>
  );
}

const NothingOfTeam = ({ team }: { team: { id: string; name: string } }) => (
  <div data-empty="team">
    <EmptyPanel title={`Nothing of ${team.name} yet`}>
      <p>An event belongs to a team when its sender says so. Give events of this team these words beside their action, and they appear here by themselves.</p>
      <div className="mt-3 text-left">
        <CodeBlock code={`"team": { "id": "${team.id}", "name": ${JSON.stringify(team.name)} }`} what="The team as an event names it" />
      </div>
    </EmptyPanel>
  </div>
);

const NothingOfOwn = () => (
  <div data-empty="own">
    <EmptyPanel title="Nothing of yours yet">What you do from now on, and what is done on your behalf, appears here by itself.</EmptyPanel>
  </div>
);

export function FirstUse() {
  const { organization } = useOpen();
  const router = useRouter();
  const loaded = (slug: string) => {
    forgetSession();
    router.history.push(`/o/${slug}/logs/activity`);
  };
  return (
    <div data-empty="first-use" className="mx-auto flex max-w-[640px] flex-col gap-4 px-4 py-10">
      <div>
        <h2 className="text-section">Send the first event</h2>
        <p className="text-ink-2">
          Put a token from{" "}
          <Link to="/o/$org/settings/tokens" params={{ org: organization.slug }} className="link">
            API tokens
          </Link>{" "}
          in place of the variable and run this. The event appears here by itself.
        </p>
      </div>
      <CodeBlock code={firstEventCurl(location.origin, "$DAYBOOK_TOKEN")} what="The first event as a curl command" />
      <div className="flex flex-wrap items-center gap-3 border-t pt-4">
        <DemoButton organizationId={organization.id} onLoaded={loaded} />
        <span className="text-meta text-ink-3">30 days of a made-up company, in an organization of its own, removable.</span>
      </div>
    </div>
  );
}

function NoSystemEvents() {
  const { organization } = useOpen();
  return (
    <div data-empty="first-use">
      <EmptyPanel
        title="The platform has done nothing by itself yet"
        action={
          <Link to="/o/$org/integrations" params={{ org: organization.slug }} className="link">
            Set up an integration
          </Link>
        }
      >
        Synchronisations, alert deliveries, reports and purges are recorded here.
      </EmptyPanel>
    </div>
  );
}

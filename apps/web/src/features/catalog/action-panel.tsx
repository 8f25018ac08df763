import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { LogType } from "@daybook/event";
import { ArrowRight, X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { errorHttpStatus } from "../../ui/api-error.ts";
import { IconButton } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { inWords, wholeNumber } from "../../ui/numbers.ts";
import { Fact } from "../../ui/page.tsx";
import { EmptyPanel, ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { Time } from "../../ui/time.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { DrawerFrame } from "../event/drawer-frame.tsx";
import { OperationMark } from "../logs/grid/operation-mark.tsx";
import { CustomBadge, SeverityBadge } from "./action-badges.tsx";
import type { Catalog, CatalogLine } from "./catalog-rows.ts";
import { DayBars } from "./day-bars.tsx";
import { DetailsTable } from "./details-table.tsx";
import { WriteIt } from "./write-it.tsx";
import { searchFor } from "../logs/search-text.ts";

type ActionView = inferOutput<Trpc["catalog"]["get"]>;

interface ActionPanelProps {
  action: string;
  catalog: Catalog;
  onClose: () => void;
}

/** Beside the list, not over it: another row switches the action in place. */
export function ActionPanel({ action, catalog, onClose }: ActionPanelProps) {
  const trpc = useTRPC();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  useKeys("everywhere", { Escape: onClose });
  const query = useQuery(trpc.catalog.get.queryOptions({ action }));
  const line = catalog.entries.find(({ key }) => key === action);
  return (
    <DrawerFrame ref={panel} label="Action">
      <div
        data-state={query.data ? "ready" : query.isError ? "error" : "loading"}
        data-open-action={action}
        className="scroll-thin flex h-full flex-col overflow-y-auto"
      >
        <header className="sticky top-0 z-[2] flex items-start gap-2 border-b bg-bg px-4 py-3">
          <div className="min-w-0 flex-1">
            <h2 className="text-section break-words">{line?.title ?? "Custom action"}</h2>
            <p className="flex items-center gap-1">
              <code className="min-w-0 break-all text-ink-2">{action}</code>
              <CopyButton text={action} what="the key" />
            </p>
          </div>
          <IconButton label="Close" onClick={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        </header>
        {query.data && <Ready view={query.data} line={line} catalog={catalog} />}
        {query.isPending && <Skeleton lines={10} height={20} />}
        {query.isError &&
          (errorHttpStatus(query.error) === 404 ? (
            <EmptyPanel title="There is no such action here">The catalog does not know it, and there is no event of it that you may see.</EmptyPanel>
          ) : (
            <ErrorPanel error={query.error} what="The action" onRetry={() => void query.refetch()} />
          ))}
      </div>
    </DrawerFrame>
  );
}

function Ready({ view, line, catalog }: { view: ActionView; line: CatalogLine | undefined; catalog: Catalog }) {
  return (
    <div className="flex flex-col gap-5 p-4">
      {line ? <Meaning line={line} catalog={catalog} /> : <Unknown />}
      <Section title="Seen">
        <Seen view={view} logType={line?.logType ?? "activity"} />
      </Section>
      {view.details.length > 0 && (
        <Section title="Details">
          <DetailsTable details={view.details} />
        </Section>
      )}
      <Section title="Write it">
        <WriteIt key={view.key} view={view} />
      </Section>
      {view.availability.length > 0 && (
        <Section title="Presets">
          <Presets availability={view.availability} presets={catalog.presets} />
        </Section>
      )}
    </div>
  );
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-1.5 font-semibold">{title}</h3>
    {children}
  </section>
);

function Meaning({ line, catalog }: { line: CatalogLine; catalog: Catalog }) {
  const namespace = catalog.namespaces.find(({ id }) => id === line.namespace)?.title ?? line.namespace;
  return (
    <div>
      <p className="flex items-start gap-2 rounded-card border bg-surface px-3 py-2">
        <span className="mt-0.5">
          <OperationMark operation={line.operation} />
        </span>
        <span className="min-w-0">
          {line.sample}
          <code className="mt-0.5 block break-words text-ink-3">{line.sentence}</code>
        </span>
      </p>
      <dl className="mt-3 grid grid-cols-3 gap-x-3 gap-y-2">
        <Fact label="Namespace">{namespace}</Fact>
        <Fact label="Operation">{inWords(line.operation)}</Fact>
        <Fact label="Log">{line.logType === "system" ? "System" : "User activity"}</Fact>
        <Fact label="In the log of">{logsOfScope[line.scope]}</Fact>
        <Fact label="Severity">
          <SeverityBadge severity={line.severity} />
        </Fact>
        <Fact label="Since">{line.since}</Fact>
      </dl>
    </div>
  );
}

const Unknown = () => (
  <p className="text-ink-2">
    <CustomBadge /> The catalog does not know this action. Its events are kept like all others; their sentence, namespace and operation are read from the key,
    unless the events state their own.
  </p>
);

function Seen({ view: { key, sighting, days, latestEventId }, logType }: { view: ActionView; logType: LogType }) {
  const { slug: org } = useOrganization();
  return (
    <div className="flex flex-col gap-3">
      {sighting && (
        <dl className="grid grid-cols-3 gap-x-3">
          <Fact label="Events">{wholeNumber(sighting.events)}</Fact>
          <Fact label="First seen">
            <Time at={sighting.firstSeen} as="day" />
          </Fact>
          <Fact label="Last seen">
            <Time at={sighting.lastSeen} as="day" />
          </Fact>
        </dl>
      )}
      {sighting && days && <DayBars days={days} />}
      {days !== null && !sighting && <p className="text-ink-2">Never seen here.</p>}
      {days === null && <p className="text-ink-2">How often it happens in the whole organization is told to owners and admins.</p>}
      {(sighting ?? latestEventId) && (
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          <Link to="/o/$org/logs/$logType" params={{ org, logType }} search={{ q: searchFor("action", key) }} className="link inline-flex items-center gap-1">
            See in Logs <ArrowRight size={13} aria-hidden />
          </Link>
          {latestEventId && (
            <Link to="/o/$org/events/$id" params={{ org, id: latestEventId }} preload={false} className="link">
              Latest event
            </Link>
          )}
        </p>
      )}
      {sighting && <p className="text-meta text-ink-3">Counted when it was written. A purge of old events takes nothing from it.</p>}
    </div>
  );
}

function Presets({ availability, presets }: { availability: ActionView["availability"]; presets: Catalog["presets"] }) {
  return (
    <ul className="flex flex-col gap-1">
      {availability.map(({ preset, groups, team }) => (
        <li key={preset} className="flex flex-wrap justify-between gap-x-3">
          <span>
            <span className="text-ink-2">{presets.find(({ id }) => id === preset)?.title ?? preset} › </span>
            {groups.join(", ")}
          </span>
          <span className="text-meta text-ink-3">{team ? "organization and team" : "organization only"}</span>
        </li>
      ))}
    </ul>
  );
}

const logsOfScope = { owners: "Organization only, for owners", organization: "Organization only", team: "Organization, team" } as const;

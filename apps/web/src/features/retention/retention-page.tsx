import { useQuery } from "@tanstack/react-query";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { inWords, plural, wholeNumber } from "../../ui/numbers.ts";
import { Card, Fact, Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { PolicyForm } from "./policy-form.tsx";
import { PurgeButton } from "./purge-button.tsx";

type Retention = inferOutput<Trpc["retention"]["get"]>;

export function RetentionPage() {
  const trpc = useTRPC();
  const retention = useQuery(trpc.retention.get.queryOptions(undefined, { refetchInterval: ({ state: { error } }) => unlessRefused(error, 5000) }));
  return (
    <Page title="Retention" about="How long events are kept. What is purged is gone for good, and each purge is recorded in the system log.">
      <QueryPanel query={retention} what="The retention policy">
        {(policy) => (
          <div className="flex flex-col gap-4">
            <Card className="p-4">
              <dl className="flex flex-wrap gap-x-10 gap-y-3">
                <Fact label="Policy">
                  <span className="text-section">{policy.days === null ? "Keep everything" : plural(policy.days, "day")}</span>
                </Fact>
                <Fact label="Events kept">
                  <span className="text-section">{wholeNumber(policy.eventCount)}</span>
                </Fact>
                <Fact label="Oldest event">
                  <span className="text-section">{policy.oldestEventAt ? <Time at={policy.oldestEventAt} as="day" /> : "–"}</span>
                </Fact>
              </dl>
            </Card>
            <PolicyForm key={policy.days} days={policy.days} />
            <PurgeLog policy={policy} />
          </div>
        )}
      </QueryPanel>
    </Page>
  );
}

function PurgeLog({ policy }: { policy: Retention }) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-section">Purge log</h2>
        <PurgeButton days={policy.days} />
      </div>
      {policy.purges.length === 0 ? (
        <p className="text-ink-2">Nothing has been purged yet.</p>
      ) : (
        <Table label="Purges" columns={["When", "Events before", "Deleted", "Months dropped", "Trigger"]}>
          {policy.purges.map((purge) => (
            <tr key={purge.id}>
              <td data-label="When">
                <Time at={purge.at} />
              </td>
              <td data-label="Events before">
                <Time at={purge.before} />
              </td>
              <td data-label="Deleted">{plural(purge.count, "event")}</td>
              <td data-label="Months dropped">{wholeNumber(purge.partitionsDropped)}</td>
              <td data-label="Trigger">{purge.finishedAt ? inWords(purge.trigger) : "Under way"}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

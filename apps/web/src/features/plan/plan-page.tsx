import { useQuery } from "@tanstack/react-query";
import { Check, Lock } from "lucide-react";
import { useTRPC } from "../../trpc.ts";
import { Card, Fact, Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";

export function PlanPage() {
  const trpc = useTRPC();
  const plan = useQuery(trpc.plan.get.queryOptions());
  return (
    <Page title="Plan" about="What this organization can use. Whoever runs this Daybook decides it; each change is in the log of the owners.">
      <QueryPanel query={plan} what="The plan">
        {({ name, retentionDaysMax, features }) => (
          <div className="flex flex-col gap-4">
            <Card className="p-4">
              <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
                <Fact label="Plan">{name}</Fact>
                <Fact label="Events are kept">{retentionDaysMax === null ? "As long as you set" : `At most ${retentionDaysMax} days`}</Fact>
                <Fact label="Features">
                  {features.filter(({ included }) => included).length} of {features.length}
                </Fact>
              </dl>
            </Card>
            <Table label="Features" columns={["Feature", "What it shows", "In this plan"]}>
              {features.map((feature) => (
                <tr key={feature.key}>
                  <td data-label="Feature" className="font-medium">
                    {feature.title}
                  </td>
                  <td data-label="What it shows" className="text-ink-2 first-letter:uppercase">
                    {feature.offers}
                  </td>
                  <td data-label="In this plan" className="whitespace-nowrap">
                    {feature.included ? (
                      <span className="inline-flex items-center gap-1.5">
                        <Check size={14} aria-hidden className="text-ok" />
                        Included
                      </span>
                    ) : (
                      <span className="inline-flex items-center gap-1.5 text-ink-2">
                        <Lock size={14} aria-hidden />
                        Not included
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </Table>
          </div>
        )}
      </QueryPanel>
    </Page>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { EndedRow, GrantRow } from "./grant-row.tsx";
import { GrantDialog } from "./grant-dialog.tsx";

export function AuditorsPage() {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const auditors = useQuery(trpc.auditors.list.queryOptions());
  const [granting, setGranting] = useState(false);
  const grant = grants.includes("auditors:manage") && auditors.data && (
    <Button look="primary" onClick={() => setGranting(true)}>
      <Plus size={14} aria-hidden />
      Grant access
    </Button>
  );
  return (
    <Page
      title="Auditors"
      about="Somebody from outside sees what a grant covers, until it ends. Each of their reads is recorded in the activity log."
      action={grant}
    >
      <QueryPanel
        query={auditors}
        what="Auditors"
        isEmpty={(data) => data.lasting.length + data.over.length + data.auditors.length === 0}
        empty={
          <EmptyPanel title="No auditor yet" action={grant}>
            Say whose access it is and what it covers: who is not here yet is invited with it.
          </EmptyPanel>
        }
      >
        {(data) => (
          <div className="flex flex-col gap-6">
            {data.lasting.length === 0 ? (
              <EmptyPanel title="No grant in force" action={grant}>
                {data.auditors.length === 0
                  ? "Nobody sees anything of the log as an auditor."
                  : `${
                      data.auditors.length === 1
                        ? "One auditor is here, and sees nothing of the log."
                        : `${data.auditors.length} auditors are here, and none of them sees anything of the log.`
                    }`}
              </EmptyPanel>
            ) : (
              <Table label="Grants in force" columns={["Auditor", "May see", "Until", "Exports", "Reads", ""]}>
                {data.lasting.map((each) => (
                  <GrantRow key={each.id} grant={each} />
                ))}
              </Table>
            )}
            {data.over.length > 0 && (
              <section>
                <h2 className="mb-2 text-section">Ended</h2>
                <Table label="Ended grants" columns={["Auditor", "Could see", "Granted", "Ended", "Reads"]}>
                  {data.over.map((each) => (
                    <EndedRow key={each.id} grant={each} />
                  ))}
                </Table>
              </section>
            )}
          </div>
        )}
      </QueryPanel>
      {granting && auditors.data && <GrantDialog auditors={auditors.data.auditors} onClose={() => setGranting(false)} />}
    </Page>
  );
}

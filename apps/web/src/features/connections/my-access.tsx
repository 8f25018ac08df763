import { accessTitles, sharedKinds } from "@daybook/policy";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { AccountSection } from "../account/account-section.tsx";
import { whyText } from "../inventory/access-words.ts";
import { usePages } from "../inventory/use-pages.ts";

/** What the one who is signed in may use, and why: a section of their own account. */
export function MyAccess() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const query = usePages({ key: [...trpc.access.mine.pathKey(), "pages"], ask: (page, options) => client.access.mine.query(page, options) });
  const rows = query.data?.pages.flatMap(({ uses }) => uses) ?? [];
  const groups = query.data?.pages[0]?.groups ?? [];
  return (
    <AccountSection
      title="What I can use"
      about={`Collections and connections that were given to you, and by what.${groups.length > 0 ? ` You are in ${groups.map(({ name }) => name).join(", ")}.` : ""}`}
    >
      <QueryPanel
        query={query}
        what="What you can use"
        isEmpty={() => rows.length === 0}
        empty={<EmptyPanel title="Nothing yet">An owner or admin of the organization can give you access to a collection or a connection.</EmptyPanel>}
      >
        {() => (
          <Table label="Collections and connections that I can use" columns={["Name", "What it is", "Access", "Why"]}>
            {rows.map(({ id, type, name, kind, access, reason }) => (
              <tr key={id}>
                <td data-label="Name" className="font-medium">
                  {name}
                </td>
                <td data-label="What it is">
                  {sharedKinds.find((each) => each.type === type)?.noun ?? type}
                  {kind && <span className="text-ink-3"> · {kind}</span>}
                </td>
                <td data-label="Access">{accessTitles[access]}</td>
                <td data-label="Why" className="text-ink-2">
                  {whyText(reason)}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </QueryPanel>
      {query.hasNextPage && (
        <Button className="self-center" onClick={() => void query.fetchNextPage()}>
          More
        </Button>
      )}
    </AccountSection>
  );
}

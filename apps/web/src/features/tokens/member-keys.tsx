import { useQuery } from "@tanstack/react-query";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { KeyRow } from "./key-row.tsx";

/** Every member's keys, for who manages tokens. */
export function MemberKeys() {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const keys = useQuery(trpc.keys.listAll.queryOptions());
  return (
    <section aria-labelledby="member-keys" className="flex flex-col gap-2">
      <h2 id="member-keys" className="text-section">
        Keys of members
      </h2>
      <p className="max-w-[88ch] text-ink-2">
        Members make their own keys, under Account. A key acts for its member, reads no log, and ends with the membership.
      </p>
      <QueryPanel
        query={keys}
        what="Keys"
        isEmpty={(list) => list.length === 0}
        empty={<p className="rounded-card border px-4 py-6 text-center text-ink-3">No member has made a key.</p>}
      >
        {(list) => (
          <Table label="List of members’ keys" columns={["Key", "Member", "It may", "Created", "Last used", "Expires", ""]}>
            {list.map((key) => (
              <KeyRow
                key={key.id}
                shown={key}
                owner={key.member}
                mayRevoke={grants.includes("tokens:manage")}
                consequence={`It is ${key.member.name}’s key: whatever they use it for is refused within five seconds. They can make another. It is recorded in the activity log.`}
              />
            ))}
          </Table>
        )}
      </QueryPanel>
    </section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { DeleteMapping } from "./delete-mapping.tsx";
import { RenameMapping } from "./rename-mapping.tsx";

/** The importers that people of the organization made. */
export function MappingList() {
  const trpc = useTRPC();
  const mappings = useQuery(trpc.mappings.list.queryOptions());
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-section">Mappings</h2>
      <QueryPanel
        query={mappings}
        what="The list of mappings"
        isEmpty={(list) => list.length === 0}
        empty={<p className="text-ink-2">None yet. Choose a file that no product’s importer reads, and you make the first.</p>}
      >
        {(list) => (
          <Table label="Mappings" columns={["Name", "Source of its events", "Changed", ""]}>
            {list.map((mapping) => (
              <tr key={mapping.id} data-mapping={mapping.id}>
                <td data-label="Name" className="break-words sm:max-w-[320px]">
                  {mapping.name}
                </td>
                <td data-label="Source">
                  <code>import:{mapping.vendor}</code>
                </td>
                <td data-label="Changed">
                  <Time at={mapping.updatedAt} />
                </td>
                <td>
                  <span className="flex items-center justify-end gap-2">
                    <RenameMapping mapping={mapping} />
                    <DeleteMapping mapping={mapping} />
                  </span>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </QueryPanel>
    </section>
  );
}

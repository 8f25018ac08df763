import { accessTitles, sharedKinds } from "@daybook/policy";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { EntryList } from "../inventory/entry-list.tsx";
import { usePages } from "../inventory/use-pages.ts";

/** What the members of a group may use by it. */
export function GroupUses({ id }: { id: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { slug: org } = useOrganization();
  const query = usePages({ key: [...trpc.groups.access.pathKey(), id], ask: (page, options) => client.groups.access.query({ groupId: id, ...page }, options) });
  const rows = query.data?.pages.flatMap(({ objects }) => objects) ?? [];
  return (
    <div className="flex flex-col gap-3 p-4">
      <QueryPanel
        query={query}
        what="What the group may use"
        isEmpty={() => rows.length === 0}
        empty={<EmptyPanel title="Nothing yet">Open a collection or a connection and add the group there.</EmptyPanel>}
      >
        {() => (
          <EntryList label="What the group may use" onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}>
            {rows.map((object) => {
              const kind = sharedKinds.find(({ type }) => type === object.type);
              return (
                <li key={object.id} className="flex items-center gap-x-3 border-b px-3 py-2 last:border-0">
                  <div className="min-w-0 flex-1">
                    {kind ? (
                      <Link className="link font-medium break-words" to={`/o/$org/organization/${kind.area}`} params={{ org }} search={{ open: object.id }}>
                        {object.name}
                      </Link>
                    ) : (
                      object.name
                    )}
                    <div className="text-meta text-ink-2">{kind?.noun ?? object.type}</div>
                  </div>
                  <span className="font-medium">{accessTitles[object.access]}</span>
                </li>
              );
            })}
          </EntryList>
        )}
      </QueryPanel>
    </div>
  );
}

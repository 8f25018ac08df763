import { accessTitles } from "@daybook/policy";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { whyText } from "./access-words.ts";
import { EntryList } from "./entry-list.tsx";
import type { ShownKind } from "./shared-objects-page.tsx";
import { usePages } from "./use-pages.ts";

/** Everybody who may use one thing, with what gives it to them. */
export function WhoList({ kind, id }: { kind: ShownKind; id: string }) {
  const area = useTRPC()[kind.area];
  const client = useTRPCClient();
  const query = usePages({ key: [...area.who.pathKey(), id], ask: (page, options) => client[kind.area].who.query({ objectId: id, ...page }, options) });
  const rows = query.data?.pages.flatMap(({ users }) => users) ?? [];
  return (
    <div className="flex flex-col gap-3 p-4">
      <QueryPanel
        query={query}
        what="Who can use this"
        isEmpty={() => rows.length === 0}
        empty={<EmptyPanel title="Nobody can use it">Add a member or a group. Whoever is suspended or gone does not count.</EmptyPanel>}
      >
        {({ pages: [first] }) => (
          <div className="flex flex-col gap-3">
            <p className="text-ink-2">{plural(first?.total ?? 0, "member")} can use it. The strongest of what they were given counts.</p>
            <EntryList label={`Who can use this ${kind.noun}, and why`} onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}>
              {rows.map(({ userId, name, email, access, reason }) => (
                <li key={userId} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2 last:border-0">
                  <div className="min-w-0 flex-1">
                    <div className="font-medium break-words">{name}</div>
                    <div className="text-meta break-all text-ink-2">{email}</div>
                  </div>
                  <div className="text-right">
                    <div className="font-medium">{accessTitles[access]}</div>
                    <div className="text-meta text-ink-2">{whyText(reason)}</div>
                  </div>
                </li>
              ))}
            </EntryList>
          </div>
        )}
      </QueryPanel>
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { useTitle } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel, ErrorPanel } from "../../ui/state-panel.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { ActionPanel } from "./action-panel.tsx";
import { CatalogList } from "./catalog-list.tsx";
import { catalogRows, stateCounts, wantsCustom } from "./catalog-rows.ts";
import { isNarrowed, withChoice, withoutFilters, type CatalogSearch } from "./catalog-search.ts";
import { CatalogToolbar, OrderSelect, StateFilter } from "./catalog-toolbar.tsx";
import { useCustomActions } from "./use-custom-actions.ts";

export function CatalogPage() {
  const search = useSearch({ from: "/o/$org/catalog" });
  const { slug: org } = useOrganization();
  const navigate = useNavigate();
  useTitle("Catalog");
  const go = (next: CatalogSearch, how: "push" | "replace" = "push") =>
    void navigate({ to: "/o/$org/catalog", params: { org }, search: next, replace: how === "replace" });
  const searchBox = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useKeys("catalog", { "/": () => searchBox.current?.focus() });
  const catalog = useQuery(useTRPC().catalog.list.queryOptions());
  const { query: custom, actions: customActions } = useCustomActions(catalog.data, search);
  const counts = catalog.data ? stateCounts(catalog.data) : null;
  const close = () => {
    const { action } = search;
    go(withChoice(search, { action: undefined }));
    if (action)
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-action="${CSS.escape(action)}"]`)?.focus({ preventScroll: true }));
  };
  const groups = catalog.data ? catalogRows(catalog.data, customActions, search) : [];
  return (
    <div className="flex h-full">
      <div className="@container flex min-w-0 flex-1 flex-col">
        <header className="flex flex-col gap-2 border-b px-3 py-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <h1 className="text-section">Catalog</h1>
            <p className="hidden text-ink-2 @min-[940px]:block">Every action that Daybook knows, and what this organization has seen.</p>
            <span className="max-sm:hidden flex-1" />
            {counts && (
              <>
                <span className="max-sm:order-last">
                  <StateFilter counts={counts} search={search} onChoose={(state) => go(withChoice(search, { state }))} />
                </span>
                <OrderSelect search={search} onChoose={(order) => go(withChoice(search, { order }))} />
              </>
            )}
          </div>
          <CatalogToolbar catalog={catalog.data} search={search} onChange={go} searchBox={searchBox} />
        </header>
        <div ref={scroller} className="scroll-thin min-h-0 flex-1 overflow-y-auto">
          <QueryPanel query={catalog} what="The catalog">
            {() => (
              <>
                {groups.length > 0 && (
                  <CatalogList
                    groups={groups}
                    told={counts !== null}
                    openKey={search.action}
                    onOpen={(action, how) => go(withChoice(search, { action }), how)}
                  />
                )}
                {groups.length === 0 && !custom.isFetching && <Nothing search={search} onClear={() => go(withoutFilters(search))} />}
                {custom.isError && <ErrorPanel dense error={custom.error} what="Custom actions" onRetry={() => void custom.refetch()} />}
                {custom.hasNextPage && wantsCustom(search) && (
                  <p className="flex justify-center p-3">
                    <Button disabled={custom.isFetchingNextPage} onClick={() => void custom.fetchNextPage()}>
                      More custom actions
                    </Button>
                  </p>
                )}
              </>
            )}
          </QueryPanel>
        </div>
      </div>
      {search.action && catalog.data && <ActionPanel action={search.action} catalog={catalog.data} onClose={close} />}
    </div>
  );
}

function Nothing({ search, onClear }: { search: CatalogSearch; onClear: () => void }) {
  if (search.state === "custom" && !isNarrowed(withChoice(search, { state: undefined })))
    return (
      <EmptyPanel title="No custom action yet">
        An event may carry any action. Those that the catalog does not know are listed here, with when they were first and last seen and how often.
      </EmptyPanel>
    );
  return (
    <EmptyPanel
      title="No action matches"
      action={
        isNarrowed(search) && (
          <Button look="primary" onClick={onClear}>
            Clear the filters
          </Button>
        )
      }
    >
      Search looks for all words in key, title, sentence and namespace.
    </EmptyPanel>
  );
}

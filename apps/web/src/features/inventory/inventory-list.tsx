import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useRef, type ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { ListSearch } from "./list-search.tsx";

interface InventoryListProps<P, Row> {
  title: string;
  about: string;
  /** What the list is of, in the plural. */
  nouns: string;
  action: ReactNode;
  /** Above the list. */
  before?: ReactNode;
  empty: ReactNode;
  q: string;
  onSearch: (q: string | undefined) => void;
  query: UseInfiniteQueryResult<InfiniteData<P>>;
  rowsOf: (page: P) => readonly Row[];
  columns: readonly string[];
  row: (row: Row) => ReactNode;
  drawer: ReactNode;
}

/** A list of the inventory with its search, and what is open beside it. */
export function InventoryList<P, Row>({
  title,
  about,
  nouns,
  action,
  before,
  empty,
  q,
  onSearch,
  query,
  rowsOf,
  columns,
  row,
  drawer,
}: InventoryListProps<P, Row>) {
  const searchBox = useRef<HTMLInputElement>(null);
  useKeys("inventory", { "/": () => searchBox.current?.focus() });
  const nothing = query.data?.pages.every((page) => rowsOf(page).length === 0);
  return (
    <div className="flex h-full">
      <div className="min-w-0 flex-1">
        <Page title={title} about={about} action={action}>
          {before}
          {(q !== "" || nothing === false) && <ListSearch nouns={nouns} value={q} input={searchBox} onChange={onSearch} />}
          <QueryPanel
            query={query}
            what={title}
            isEmpty={() => nothing === true}
            empty={
              q === "" ? (
                empty
              ) : (
                <EmptyPanel title={`Nothing matches “${q}”`} action={<Button onClick={() => onSearch(undefined)}>Clear the search</Button>}>
                  Search looks at names and external ids.
                </EmptyPanel>
              )
            }
          >
            {({ pages }) => (
              <Table label={title} columns={columns}>
                {pages.flatMap(rowsOf).map(row)}
              </Table>
            )}
          </QueryPanel>
          {query.hasNextPage && (
            <p className="flex justify-center">
              <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                More {nouns}
              </Button>
            </p>
          )}
        </Page>
      </div>
      {drawer}
    </div>
  );
}

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { FileSearch, GitCompareArrows, NotebookPen, ShieldAlert, TriangleAlert, UserSearch, type LucideIcon } from "lucide-react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { plural } from "../../ui/numbers.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyPanel, ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { stateWords, type ListedCase, type Recipe } from "./case-words.ts";
import { StartDialog } from "./start-dialog.tsx";

const states = [
  { value: "open", label: "Open" },
  { value: "closed", label: "Closed" },
] as const;

/** The recipes, and the cases that were begun with them. */
export function InvestigatePage() {
  const { org } = useParams({ from: "/o/$org/investigate" });
  const search = useSearch({ from: "/o/$org/investigate" });
  const { state = "open" } = search;
  const navigate = useNavigate();
  const trpc = useTRPC();
  const recipes = useQuery(trpc.cases.recipes.queryOptions(undefined, { staleTime: Infinity }));
  const asked = recipes.data?.find(({ id }) => id === search.recipe);
  const go = (next: typeof search) => void navigate({ to: "/o/$org/investigate", params: { org }, search: next });
  const here = state === "closed" ? { state } : {};
  return (
    <Page
      title="Investigate"
      about="Take one question through the log, step by step. A case keeps its searches, what you pin and what you note; whoever works on it is recorded."
    >
      <QueryPanel query={recipes} what="Recipes">
        {(list) => <Recipes recipes={list} onStart={(id) => go({ ...here, recipe: id })} />}
      </QueryPanel>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-section">Cases</h2>
        <Segmented label="State" options={states} value={state} onChange={(next) => go(next === "closed" ? { state: next } : {})} />
      </div>
      <CaseList org={org} state={state} />
      {asked && <StartDialog key={asked.id} recipe={asked} begin={{ kind: search.kind, value: search.subject }} onClose={() => go(here)} />}
    </Page>
  );
}

const icons: Record<string, LucideIcon> = {
  what_changed: GitCompareArrows,
  one_user: UserSearch,
  data_leak: ShieldAlert,
  failed_operation: TriangleAlert,
  blank: NotebookPen,
};

function Recipes({ recipes, onStart }: { recipes: readonly Recipe[]; onStart: (id: string) => void }) {
  return (
    <ul aria-label="Recipes" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {recipes.map(({ id, title, about, steps }) => {
        const Icon = icons[id] ?? FileSearch;
        return (
          <li key={id}>
            <button
              type="button"
              data-recipe={id}
              onClick={() => onStart(id)}
              className="flex h-full w-full flex-col items-start gap-1 rounded-card border bg-bg p-3 text-left hover:bg-hover"
            >
              <span className="flex items-center gap-2 text-form font-semibold">
                <Icon size={16} aria-hidden className="shrink-0 text-ink-2" />
                {title}
              </span>
              <span className="text-ink-2">{about}</span>
              <span className="mt-auto pt-1 text-meta text-ink-3">{steps.length > 1 ? steps.join(" › ") : "Pins and notes"}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function CaseList({ org, state }: { org: string; state: "open" | "closed" }) {
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.cases.list.infiniteQueryOptions({ state, limit: 50 }, { initialCursor: null, getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined }),
  );
  if (pages.data === undefined)
    return pages.isError ? (
      <section data-state="error">
        <ErrorPanel error={pages.error} what="Cases" onRetry={() => void pages.refetch()} />
      </section>
    ) : (
      <section data-state="loading">
        <Skeleton />
      </section>
    );
  const cases = pages.data.pages.flatMap((page) => page.cases);
  if (cases.length === 0)
    return (
      <section data-state="empty">
        <EmptyPanel title={state === "open" ? "No open case" : "No case is closed yet"}>
          {state === "open"
            ? "Choose a recipe above; it asks what it is about and does the first searches for you."
            : "A case is closed with what was concluded."}
        </EmptyPanel>
      </section>
    );
  return (
    <section data-state="ready" className="flex flex-col gap-3">
      <ul aria-label="Cases" className="rounded-card border">
        {cases.map((each) => (
          <li key={each.id} className="border-b last:border-0">
            <CaseLink org={org} found={each} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button className="self-center" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show older cases
        </Button>
      )}
    </section>
  );
}

function CaseLink({ org, found: { number, title, recipe, state, pins, notes, createdBy, updatedAt } }: { org: string; found: ListedCase }) {
  return (
    <Link
      to="/o/$org/investigate/$case"
      params={{ org, case: String(number) }}
      className="inset-focus flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 hover:bg-hover"
    >
      <span className="w-16 shrink-0 text-ink-2">Case {number}</span>
      <span className="min-w-0 flex-1 basis-[200px] font-medium break-words">{title}</span>
      <span className="text-meta text-ink-2">{recipe.title}</span>
      <span className="text-meta text-ink-2">
        {plural(pins, "pin")} · {plural(notes, "note")}
      </span>
      <span className="text-meta text-ink-3">
        {createdBy} · <Time at={updatedAt} as="day" />
      </span>
      <StateChip tone={state === "open" ? "progress" : "ok"}>{stateWords[state]}</StateChip>
    </Link>
  );
}

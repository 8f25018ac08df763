import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { ReviewHistory } from "./review-history.tsx";
import { ReviewItemCard } from "./review-item.tsx";
import { ReviewSignature } from "./review-signature.tsx";
import { leftToDo, type Review } from "./review-words.ts";

/** What one week holds that somebody should look at, and the signature that somebody did. */
export function ReviewPage() {
  const { org } = useParams({ from: "/o/$org/review" });
  const { week } = useSearch({ from: "/o/$org/review" });
  const trpc = useTRPC();
  const review = useQuery(trpc.reviews.get.queryOptions(week === undefined ? {} : { week }, { placeholderData: keepPreviousData }));
  return (
    <Page
      title="Weekly review"
      about="One look at the week, every week. Whoever signs it off vouches for having looked; the figures and their searches stay in the log."
    >
      <QueryPanel query={review} what="The review">
        {(data) => <Week org={org} review={data} />}
      </QueryPanel>
      {/* Before the week is there it would stand where the week comes, and jump. */}
      {!review.isPending && (
        <>
          <h2 className="pt-2 text-section">Past weeks</h2>
          <ReviewHistory org={org} chosen={review.data?.week} />
        </>
      )}
    </Page>
  );
}

function Week({ org, review }: { org: string; review: Review }) {
  const { grants } = useOrganization();
  const { week, until, zone, previous, next, items, state } = review;
  const isOpen = state === "open" && grants.includes("reviews:write");
  const done = items.length - leftToDo(review).length;
  return (
    <div data-week={week} data-review-state={state} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <WeekLink org={org} week={previous} label="The week before">
          <ChevronLeft size={16} aria-hidden />
        </WeekLink>
        <h2 className="text-section">
          {week} – {until}
        </h2>
        <WeekLink org={org} week={next} label="The week after">
          <ChevronRight size={16} aria-hidden />
        </WeekLink>
        <StateChip tone={state === "signed" ? "ok" : "progress"}>{state === "signed" ? "Signed off" : `${done} of ${items.length} looked at`}</StateChip>
        <span className="text-meta text-ink-3">Monday to Sunday in {zone}</span>
      </div>
      <ul aria-label="What to look at" className="flex flex-col gap-2">
        {items.map((item) => (
          <li key={item.item}>
            <ReviewItemCard review={review} item={item} isOpen={isOpen} />
          </li>
        ))}
      </ul>
      <ReviewSignature key={`${week} ${state}`} review={review} />
    </div>
  );
}

function WeekLink({ org, week, label, children }: { org: string; week: string | null; label: string; children: ReactNode }) {
  if (week === null) return null;
  return (
    <Link
      to="/o/$org/review"
      params={{ org }}
      search={{ week }}
      aria-label={label}
      title={label}
      className="inline-grid size-7 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink"
    >
      {children}
    </Link>
  );
}

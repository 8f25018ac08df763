import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import { Card } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Time } from "../../ui/time.tsx";
import { EventLines } from "../investigate/event-lines.tsx";
import { comparedText, countText, type Review, type ReviewItem } from "./review-words.ts";

const rowsShown = 10;

interface ReviewItemProps {
  review: Review;
  item: ReviewItem;
  isOpen: boolean;
}

/** One thing to look at: how many, beside the week before, the events themselves when asked for, and the tick with its note. */
export function ReviewItemCard({ review, item, isOpen }: ReviewItemProps) {
  const [expanded, setExpanded] = useState(false);
  const hasRows = item.count > 0 && item.q !== "";
  return (
    <Card>
      <article data-item={item.item} data-checked={item.checked !== null} aria-label={item.title}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3">
          <span className="shrink-0 sm:w-20 sm:text-right text-section tabular-nums" title={`${countText(item.count, item.capped)} events`}>
            {countText(item.count, item.capped)}
          </span>
          <div className="min-w-0 flex-1 basis-[220px]">
            <h3 className="text-form font-semibold">{item.title}</h3>
            <p className="text-ink-2">
              {item.about} <span className="text-ink-3">{comparedText(item)}.</span>
            </p>
          </div>
          {hasRows && (
            <Button size="dense" aria-expanded={expanded} onClick={() => setExpanded(!expanded)}>
              <ChevronRight size={13} aria-hidden className={expanded ? "rotate-90" : ""} />
              {expanded ? "Hide events" : "Show events"}
            </Button>
          )}
        </div>
        {expanded && hasRows && <Rows review={review} item={item} />}
        <Checked review={review} item={item} isOpen={isOpen} />
      </article>
    </Card>
  );
}

function Rows({ review: { from, to }, item: { q, title } }: Pick<ReviewItemProps, "review" | "item">) {
  const trpc = useTRPC();
  const { slug: org } = useOrganization();
  const rows = useQuery(trpc.events.list.queryOptions({ filter: { q, from, to }, limit: rowsShown }));
  return (
    <div className="flex flex-col gap-2 border-t p-3">
      <QueryPanel
        query={rows}
        what={title}
        isEmpty={({ events }) => events.length === 0}
        empty={<p className="text-ink-2">These events are not visible to you, or were purged.</p>}
      >
        {({ events, nextCursor }) => (
          <>
            <EventLines label={title} events={events} />
            <p className="mt-2 flex flex-wrap gap-3 text-ink-2">
              {nextCursor !== null && <span>The newest {events.length}.</span>}
              <Link to="/o/$org/logs/$logType" params={{ org, logType: "activity" }} search={{ q, from, to }} className="link">
                Open in the activity logs
              </Link>
              <Link to="/o/$org/logs/$logType" params={{ org, logType: "system" }} search={{ q, from, to }} className="link">
                In the system logs
              </Link>
            </p>
          </>
        )}
      </QueryPanel>
    </div>
  );
}

function Checked({ review: { week }, item: { item, title, checked }, isOpen }: ReviewItemProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const id = useId();
  const [note, setNote] = useState("");
  const refresh = { onSettled: () => queryClient.invalidateQueries(trpc.reviews.pathFilter()) };
  const check = useMutation(trpc.reviews.check.mutationOptions(refresh));
  const uncheck = useMutation(trpc.reviews.uncheck.mutationOptions(refresh));
  const error = check.error ?? uncheck.error;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t px-3 py-2">
      {checked ? (
        <>
          <Check size={16} strokeWidth={2.5} aria-hidden className="text-ok" />
          <p className="min-w-0 flex-1 basis-[200px]">
            Looked at by {checked.by}, <Time at={checked.at} />
            {checked.note && <span className="text-ink-2">: {checked.note}</span>}
          </p>
          {isOpen && (
            <Button size="dense" look="plain" disabled={uncheck.isPending} aria-label={`Take back: ${title}`} onClick={() => uncheck.mutate({ week, item })}>
              Take back
            </Button>
          )}
        </>
      ) : isOpen ? (
        <form
          className="flex min-w-0 flex-1 flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            check.mutate({ week, item, note: note.trim() });
          }}
        >
          <label htmlFor={id} className="sr-only">
            Note on {title}
          </label>
          <input
            id={id}
            maxLength={4000}
            placeholder="Note, if there is something to say"
            className="control min-w-0 flex-1 basis-[180px]"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button type="submit" disabled={check.isPending} aria-label={`Looked at: ${title}`}>
            Looked at
          </Button>
        </form>
      ) : (
        <p className="text-ink-3">Not looked at.</p>
      )}
      {error && <FormError>{readApiError(error).message}</FormError>}
    </div>
  );
}

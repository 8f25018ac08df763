import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { focusFirst } from "../../ui/focus-first.ts";
import { Field, FormError } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Card } from "../../ui/page.tsx";
import { Time } from "../../ui/time.tsx";
import { leftToDo, type Review } from "./review-words.ts";

/** The signature of a week, or the form that asks for it. */
export function ReviewSignature({ review }: { review: Review }) {
  const { grants } = useOrganization();
  const maySign = grants.includes("reviews:write");
  return (
    <Card>
      <section aria-label="Signature" data-signature={review.state} className="flex flex-col gap-3 p-3">
        {review.signature && <Signed review={review} signature={review.signature} />}
        {review.state === "open" && maySign && <SignOff review={review} />}
        {review.state === "signed" && maySign && <Reopen review={review} />}
        {review.state === "open" && !maySign && <p className="text-ink-2">An owner or admin signs the week off.</p>}
      </section>
    </Card>
  );
}

function Signed({ review: { state, week }, signature }: { review: Review; signature: NonNullable<Review["signature"]> }) {
  const { slug: org } = useOrganization();
  return (
    <div>
      <p>
        {state === "signed" ? "Signed off by " : "Opened again. It was signed off by "}
        <strong className="font-medium">{signature.by}</strong>, <Time at={signature.at} as="relative" />
      </p>
      <blockquote className="mt-1 border-l-2 pl-3 whitespace-pre-wrap text-ink-2">{signature.statement}</blockquote>
      <Link to="/o/$org/logs/$logType" params={{ org, logType: "activity" }} search={{ q: `namespace:investigations resource:${week}` }} className="link">
        What the log says of it
      </Link>
    </div>
  );
}

function SignOff({ review }: { review: Review }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [statement, setStatement] = useState("");
  const sign = useMutation(trpc.reviews.signOff.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.reviews.pathFilter()) }));
  const left = leftToDo(review);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        sign.mutate({ week: review.week, statement: statement.trim(), seen: Object.fromEntries(review.items.map(({ item, count }) => [item, count])) });
      }}
    >
      <Field
        label="Statement"
        hint={left.length > 0 ? `Not looked at yet: ${left.map(({ title }) => title).join(", ")}.` : "What you looked at, what you found, what is still open."}
      >
        {(control) => (
          <textarea
            {...control}
            rows={3}
            required
            maxLength={4000}
            className="control"
            value={statement}
            onChange={(event) => setStatement(event.target.value)}
          />
        )}
      </Field>
      {sign.isError && <FormError>{readApiError(sign.error).message}</FormError>}
      <Button type="submit" look="primary" className="self-start" disabled={left.length > 0 || sign.isPending}>
        Sign off the week
      </Button>
    </form>
  );
}

function Reopen({ review: { week } }: { review: Review }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const reopen = useMutation(
    trpc.reviews.reopen.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.reviews.pathFilter()), onSuccess: () => setAsking(false) }),
  );
  return (
    <>
      <Button className="self-start" onClick={() => setAsking(true)}>
        Open again…
      </Button>
      {asking && (
        <FormDialog
          title="Open the week again"
          submit="Open again"
          error={reopen.error}
          isPending={reopen.isPending}
          onSubmit={() => reopen.mutate({ week, reason: reason.trim() })}
          onClose={() => setAsking(false)}
        >
          <p>The week can then be looked through and signed off anew. That it was opened again, by whom and why, stays in the log.</p>
          <Field label="Reason">
            {(control) => (
              <textarea
                {...control}
                ref={focusFirst}
                required
                rows={3}
                maxLength={4000}
                className="control"
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        </FormDialog>
      )}
    </>
  );
}

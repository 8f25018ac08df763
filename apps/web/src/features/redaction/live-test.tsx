import { redactedMark } from "@daybook/event";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC, type inferInput, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { FormError } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { Time } from "../../ui/time.tsx";

type Tried = inferOutput<Trpc["redaction"]["test"]>;
type Draft = Pick<inferInput<Trpc["redaction"]["test"]>["rule"], "kind" | "expression" | "within">;

/** What the draft would do to the newest events, by the very code that the next event passes. */
export function LiveTest({ draft, ruleId }: { draft: string; ruleId: string | undefined }) {
  const trpc = useTRPC();
  const rule = { name: "This rule", ...(JSON.parse(draft) as Draft) };
  const asked = rule.expression !== "";
  const test = useQuery(
    trpc.redaction.test.queryOptions({ rule, ...(ruleId !== undefined && { ruleId }) }, { enabled: asked, placeholderData: keepPreviousData, retry: false }),
  );
  return (
    <section aria-label="Test on stored events" className="flex flex-col gap-2 rounded-card border bg-surface p-3">
      <div aria-live="polite">
        <h3 className="font-semibold">{headline(asked, test.isError ? undefined : test.data)}</h3>
        <p className="text-meta text-ink-3">They stay as they are: the rule holds for events that come after it.</p>
      </div>
      {asked && test.isError && <FormError>{readApiError(test.error).message}</FormError>}
      {asked && !test.isError && test.data && test.data.events.length > 0 && (
        <ul tabIndex={0} aria-label="Events that the rule would change" className="scroll-thin inset-focus flex max-h-[280px] flex-col gap-3 overflow-y-auto">
          {test.data.events.map((event) => (
            <TriedEvent key={event.id} event={event} />
          ))}
        </ul>
      )}
    </section>
  );
}

function headline(asked: boolean, tried: Tried | undefined): string {
  if (!asked) return "The newest events will be tried as you type.";
  if (!tried) return "Trying the newest events…";
  const { tried: count, events } = tried;
  if (count === 0) return "There is no event to try it on yet.";
  return `${events.length} of the last ${plural(count, "stored event")} ${events.length === 1 ? "matches" : "match"}.`;
}

function TriedEvent({ event }: { event: Tried["events"][number] }) {
  return (
    <li data-tried={event.id}>
      <p>
        <Time at={event.occurredAt} /> <span className="text-ink-2">{event.description}</span>
      </p>
      {event.tooMuchWork && (
        <p className="text-meta text-ink-2">A text takes this pattern too much work, so it goes whole. A simpler pattern would keep its words.</p>
      )}
      <ul className="mt-1 flex flex-col gap-1">
        {event.holes.map((hole) => (
          <li key={hole.path} className="grid gap-x-3 sm:grid-cols-2">
            <p className="mono text-meta break-all text-ink-3 sm:col-span-2">{hole.path}</p>
            <del className="mono rounded-[3px] bg-remove-bg px-1 break-all text-remove no-underline">
              <span className="sr-only">Before: </span>
              {hole.before}
            </del>
            <ins className="mono rounded-[3px] bg-add-bg px-1 break-all text-add no-underline">
              <span className="sr-only">After: </span>
              <Marked text={hole.after} />
            </ins>
          </li>
        ))}
      </ul>
      {event.holesTotal > event.holes.length && <p className="text-meta text-ink-3">and {plural(event.holesTotal - event.holes.length, "more place")}</p>}
    </li>
  );
}

/** Holes stand out by more than their colour. */
function Marked({ text }: { text: string }) {
  return text.split(redactedMark).map((part, at) => (
    <span key={at}>
      {at > 0 && <mark className="rounded-[3px] bg-chip-sensitive px-0.5 font-semibold text-sensitive">{redactedMark}</mark>}
      {part}
    </span>
  ));
}

import { completionAt, keyInfo } from "@daybook/query";
import { useQuery } from "@tanstack/react-query";
import { useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from "react";
import { useTRPC } from "../../../trpc.ts";
import { plural } from "../../../ui/numbers.ts";
import { useSettled } from "../../../ui/use-settled.ts";
import type { Scope } from "../logs-search.ts";
import { historyOffers, offersAt, type Offer } from "./offers.ts";
import { readHistory } from "./search-history.ts";

const settleMs = 120;
const observedMax = 20;

export interface SuggestionsHandle {
  move: (step: number) => void;
  /** The one that Enter takes. */
  active: () => Offer | undefined;
  /** The one that Tab takes: what is active, else the first that goes on with what was typed. */
  completion: () => Offer | undefined;
}

interface SuggestionsProps {
  ref: Ref<SuggestionsHandle>;
  id: string;
  text: string;
  caret: number;
  scope: Scope;
  historyKey: string;
  onActive: (id: string | undefined) => void;
  onPick: (offer: Offer) => void;
}

export function Suggestions({ ref, id, text, caret, scope, historyKey, onActive, onPick }: SuggestionsProps) {
  const completion = completionAt(text, Math.min(caret, text.length));
  const [recent] = useState(() => readHistory(historyKey));
  const seen = useObserved(scope, completion);
  const offers = [...(text.trim() === "" ? historyOffers(recent, text) : []), ...offersAt(text, Math.min(caret, text.length), seen)];
  const [activeOf, setActiveOf] = useState<{ text: string; index: number }>({ text, index: -1 });
  // What was active belonged to what was typed.
  const active = activeOf.text === text ? Math.min(activeOf.index, offers.length - 1) : -1;
  const list = useRef<HTMLDivElement>(null);
  const optionId = (index: number) => `${id}-${index}`;

  const tellActive = useEffectEvent(() => onActive(active === -1 ? undefined : optionId(active)));
  // Before paint: the field must name the option of the same key press, for screen readers too.
  useLayoutEffect(() => {
    tellActive();
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, text]);
  useImperativeHandle(ref, () => ({
    move: (step) => setActiveOf({ text, index: active === -1 && step < 0 ? offers.length - 1 : wrap(active + step, offers.length) }),
    active: () => offers[active],
    completion: () => offers[active] ?? (completion.typed === "" ? undefined : offers.find((offer) => goesOn(offer, text))),
  }));
  const announced = useSettled(offers.length, 600);
  return (
    <>
      <div ref={list} className="scroll-thin max-h-[min(380px,50dvh)] overflow-y-auto p-1">
        <p role="status" className="sr-only">
          {announced === 0 ? "No suggestions" : plural(announced, "suggestion")}
        </p>
        {offers.length > 0 && (
          <div id={id} role="listbox" aria-label="Suggestions">
            {groupsOf(offers).map(({ title, members }) => (
              <div key={title} role="group" aria-label={title}>
                <p aria-hidden className="px-2 pt-1.5 pb-0.5 text-caption text-ink-3">
                  {title}
                </p>
                {members.map(({ offer, index }) => (
                  <div
                    key={offer.id}
                    id={optionId(index)}
                    role="option"
                    aria-selected={index === active}
                    onClick={() => onPick(offer)}
                    className={`touch flex min-h-7 items-center gap-3 rounded-chip px-2 ${index === active ? "bg-selected" : "hover:bg-hover"}`}
                  >
                    <span className="mono min-w-0 flex-1 truncate">{offer.title}</span>
                    {offer.detail && <Detail text={offer.detail} />}
                  </div>
                ))}
              </div>
            ))}
          </div>
        )}
        {seen.loading && <p className="px-2 py-1 text-meta text-ink-3">Looking for values…</p>}
        {offers.length === 0 && !seen.loading && (
          <p className="px-2 py-1 text-meta text-ink-3">
            {completion.kind === "value" ? "No such value occurs in this time range." : "Enter looks for these words."}
          </p>
        )}
      </div>
      <p aria-hidden className="border-t px-3 py-1 text-caption text-ink-3 max-sm:hidden">
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Tab</kbd> takes · <kbd>Enter</kbd> searches · <code>-key:</code> leaves out · <code>key:(a OR b)</code> either
      </p>
    </>
  );
}

/** How many there are is never cut off by a long name. */
function Detail({ text }: { text: string }) {
  const at = Math.max(0, text.lastIndexOf(" · "));
  return (
    <span className="flex max-w-[60%] shrink-0 text-meta whitespace-pre text-ink-2">
      <span className="truncate">{text.slice(0, at)}</span>
      <span className={at === 0 ? "truncate" : "shrink-0"}>{text.slice(at)}</span>
    </span>
  );
}

/** Offers of one group stand side by side. */
function groupsOf(offers: readonly Offer[]): { title: string; members: { offer: Offer; index: number }[] }[] {
  const groups = new Map<string, { offer: Offer; index: number }[]>();
  for (const [index, offer] of offers.entries()) groups.set(offer.group, [...(groups.get(offer.group) ?? []), { offer, index }]);
  return [...groups].map(([title, members]) => ({ title, members }));
}

const wrap = (index: number, count: number): number => (count === 0 ? -1 : (index + count) % count);

/** Tab would change nothing otherwise, and must then leave the field. */
const goesOn = ({ insert, from, to }: Offer, text: string): boolean => {
  const typed = text.slice(from, to);
  return insert.trimEnd() !== typed && insert.toLowerCase().startsWith(typed.toLowerCase());
};

/** Values that occur in the time range, with their counts; a further key press gives up the request before it. */
function useObserved({ filter, ...scope }: Scope, { key, typed }: ReturnType<typeof completionAt>) {
  const trpc = useTRPC();
  const facet = key === undefined ? undefined : keyInfo[key].facet;
  // Key and text settle together: what was typed before the key was whole is no value of it.
  const settled = useSettled(`${facet ?? ""} ${typed}`, settleMs);
  const isSettled = facet !== undefined && settled.startsWith(`${facet} `);
  const asked = isSettled ? settled.slice(facet.length + 1) : "";
  const { from, to } = filter;
  const found = useQuery(
    trpc.events.values.queryOptions(
      { ...scope, filter: { ...(from && { from }), ...(to && { to }) }, key: facet ?? "actor", text: asked, limit: observedMax },
      {
        enabled: isSettled,
        staleTime: 30_000,
        trpc: { abortOnUnmount: true },
        // The values of the text before, of the same key, until the new ones are there.
        placeholderData: (held, before) => (before && JSON.stringify(before.queryKey).includes(`"key":"${facet}"`) ? held : undefined),
      },
    ),
  );
  const word = typed.toLowerCase();
  const observed = facet === undefined ? [] : (found.data?.values ?? []).filter(({ value, label }) => `${value}\n${label}`.toLowerCase().includes(word));
  return { observed, exact: found.data?.exact ?? true, loading: facet !== undefined && found.isFetching && observed.length === 0 };
}

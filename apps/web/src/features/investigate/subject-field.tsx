import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { focusFirst } from "../../ui/focus-first.ts";
import { Field } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { useSettled } from "../../ui/use-settled.ts";
import { offeredKeys, subjectOf, subjectWords, type Subject, type SubjectKind } from "./case-words.ts";

const settleMs = 150;
const offeredMax = 8;

interface SubjectFieldProps {
  kind: SubjectKind;
  subject: Subject;
  from: string | undefined;
  onChange: (subject: Subject) => void;
}

/** Says what a case is about, in words of one’s own; with what the log holds of the kind offered below, most frequent first. */
export function SubjectField({ kind, subject, from, onChange }: SubjectFieldProps) {
  const trpc = useTRPC();
  const listId = useId();
  const [active, setActive] = useState(-1);
  const key = offeredKeys[kind];
  const shown = subject.label ?? subject.value;
  const text = useSettled(shown.trim(), settleMs);
  const offered = useQuery(
    trpc.events.values.queryOptions(
      { key: key ?? "resource", text, limit: offeredMax, filter: from === undefined ? {} : { from } },
      { enabled: key !== undefined, staleTime: 30_000, placeholderData: keepPreviousData },
    ),
  );
  const values = key === undefined ? [] : (offered.data?.values ?? []);
  const pick = (at: number) => {
    const found = values[at];
    if (found) onChange(subjectOf(kind, found));
    setActive(-1);
  };
  const { field, hint } = subjectWords[kind];
  return (
    <div>
      <Field label={field} hint={hint}>
        {(control) => (
          <input
            {...control}
            ref={focusFirst}
            {...(key !== undefined && {
              role: "combobox",
              "aria-expanded": values.length > 0,
              "aria-controls": listId,
              "aria-autocomplete": "list" as const,
              "aria-activedescendant": values[active] ? `${listId}-${active}` : undefined,
            })}
            autoComplete="off"
            spellCheck={false}
            maxLength={512}
            className="control control-form"
            value={shown}
            onChange={(event) => {
              onChange({ value: event.target.value });
              setActive(-1);
            }}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown") setActive(Math.min(active + 1, values.length - 1));
              else if (event.key === "ArrowUp") setActive(Math.max(active - 1, -1));
              else if (event.key === "Enter" && active >= 0) pick(active);
              else return;
              event.preventDefault();
            }}
          />
        )}
      </Field>
      {values.length > 0 && (
        <ul id={listId} role="listbox" aria-label={`Seen in the log: ${subjectWords[kind].label.toLowerCase()}s`} className="mt-2 rounded-card border p-1">
          {values.map((each, at) => (
            <li
              key={each.value}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={subjectOf(kind, each).value === subject.value}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(at)}
              className={`flex min-h-8 items-center justify-between gap-3 rounded-chip px-2 ${at === active ? "bg-selected" : "hover:bg-hover"} ${subjectOf(kind, each).value === subject.value ? "font-medium" : ""}`}
            >
              <span className="min-w-0 truncate" title={each.value}>
                {each.label}
              </span>
              <span className="shrink-0 text-meta text-ink-3">{plural(each.count, "event")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

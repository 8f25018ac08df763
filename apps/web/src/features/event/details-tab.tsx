import { ruleTitle } from "@daybook/event";
import type { AuditEvent, Json } from "@daybook/event";
import { hiddenText } from "@daybook/policy";
import type { Shown } from "@daybook/policy";
import { ListFilterPlus } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../../ui/button.tsx";
import { HiddenFields } from "../auditors/hidden-fields.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { detailSections, type DetailField } from "./detail-fields.tsx";
import type { ListField } from "../logs/logs-search.ts";
import { printValue } from "./change-list.ts";

export type FilterBy = (name: ListField, value: string) => void;

interface DetailsTabProps {
  event: Shown<AuditEvent>;
  onFilter: FilterBy;
  after?: ReactNode;
}

export function DetailsTab({ event, onFilter, after }: DetailsTabProps) {
  const metadata = Object.entries(event.metadata);
  return (
    <div className="flex flex-col gap-5 p-4">
      {event.error && (
        <section role="note" aria-label="Error" className="rounded-card bg-chip-failed px-3 py-2 text-failed">
          <p className="font-medium">{event.error.message ?? "Failed"}</p>
          {event.error.code && <p className="mono">{event.error.code}</p>}
        </section>
      )}
      {detailSections(event).map(({ title, fields }) => (
        <Section key={title} title={title}>
          {fields.map((field) => (
            <FieldRow key={field.label} field={field} onFilter={onFilter} />
          ))}
        </Section>
      ))}
      {metadata.length > 0 && (
        <Section title="More from the sender">
          {metadata.map(([key, value]) => (
            <FieldRow key={key} field={{ label: key, text: plain(value), shown: <span className="mono">{plain(value)}</span> }} onFilter={onFilter} />
          ))}
        </Section>
      )}
      {event.masked && <HiddenFields fields={event.masked} />}
      {event.redactions.length > 0 && (
        <Section title="Taken out before it was stored">
          {event.redactions.map(({ path, rule }, at) => (
            <FieldRow key={at} field={{ label: path, text: `by rule “${ruleTitle(rule)}”` }} onFilter={onFilter} />
          ))}
        </Section>
      )}
      {after}
    </div>
  );
}

const plain = (value: Json): string => (typeof value === "string" ? value : printValue(value));

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1 text-meta font-semibold text-ink-3">{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

function FieldRow({ field, onFilter }: { field: DetailField; onFilter: FilterBy }) {
  const { label, text, filter } = field;
  const isHidden = text === hiddenText;
  const shown = isHidden ? <span className="text-ink-3">Hidden from you</span> : (field.shown ?? text);
  return (
    <div className="flex min-h-8 items-start border-b py-1 last:border-0">
      <dt className="w-[116px] shrink-0 pt-[3px] break-words text-ink-2">{label}</dt>
      <dd className="min-w-0 flex-1 pt-[3px] break-words">{shown}</dd>
      <dd className="flex shrink-0">
        {filter && !isHidden && filter.value !== hiddenText && (
          <IconButton label={`Filter by ${label.toLowerCase()} ${filter.value}`} className="size-6" onClick={() => onFilter(filter.name, filter.value)}>
            <ListFilterPlus size={14} aria-hidden />
          </IconButton>
        )}
        {!isHidden && <CopyButton text={text} what={label.toLowerCase()} />}
      </dd>
    </div>
  );
}

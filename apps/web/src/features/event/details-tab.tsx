import { ruleTitle, type AuditEvent, type Json } from "@daybook/event";
import type { Shown } from "@daybook/policy";
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { HiddenFields } from "../auditors/hidden-fields.tsx";
import { ChangeLineRow } from "./change-line.tsx";
import { changeLines } from "./change-list.ts";
import { detailSections } from "./detail-fields.tsx";
import { ErrorBlock } from "./error-block.tsx";
import { FieldRow, LongText, type FilterBy } from "./field-row.tsx";
import { plainValue } from "./print-value.ts";

interface DetailsTabProps {
  event: Shown<AuditEvent>;
  teamId?: string | undefined;
  onFilter: FilterBy;
  onChanges?: () => void;
  after?: ReactNode;
}

export function DetailsTab({ event, teamId, onFilter, onChanges, after }: DetailsTabProps) {
  const metadata = Object.entries(event.metadata);
  return (
    <div className="flex flex-col gap-5 p-4">
      {event.error && <ErrorBlock event={event} teamId={teamId} />}
      {detailSections(event, teamId).map(({ title, fields }) => (
        <Section key={title} title={title}>
          {fields.map((field) => (
            <FieldRow key={field.label} field={field} onFilter={onFilter} />
          ))}
        </Section>
      ))}
      <Preview event={event} teamId={teamId} onChanges={onChanges} />
      {metadata.length > 0 && (
        <Section title="More from the sender">
          {metadata.map(([key, value]) => (
            <Metadata key={key} name={key} value={value} onFilter={onFilter} />
          ))}
        </Section>
      )}
      {event.masked && <HiddenFields fields={event.masked} />}
      {event.redactions.length > 0 && (
        <Section title="Taken out before it was stored">
          {event.redactions.map(({ path, rule }, at) => (
            <FieldRow key={at} field={{ label: path, text: `by rule “${ruleTitle(rule)}”` }} name={`redaction ${at + 1}, ${path}`} onFilter={onFilter} />
          ))}
        </Section>
      )}
      {after}
    </div>
  );
}

/** Values this short can be asked for; nobody searches for a page of text. */
const filterMax = 200;

function Metadata({ name, value, onFilter }: { name: string; value: Json; onFilter: FilterBy }) {
  const text = plainValue(value);
  const canFilter = (typeof value !== "object" || value === null) && text !== "" && text.length <= filterMax;
  return (
    <FieldRow
      field={{ label: name, text, shown: <LongText mono text={text} />, ...(canFilter && { filter: { metadata: name, value: text } }) }}
      name={`metadata.${name}`}
      onFilter={onFilter}
    />
  );
}

const previewMax = 3;

/** The first changes, and the way to the others. */
function Preview({ event, teamId, onChanges }: Pick<DetailsTabProps, "event" | "teamId" | "onChanges">) {
  const lines = changeLines(event);
  if (lines.length === 0) return null;
  return (
    <Section title={`Changes (${lines.length})`} plain>
      <ul className="rounded-card border">
        {lines.slice(0, previewMax).map((line) => (
          <ChangeLineRow key={`${line.kind} ${line.path}`} line={line} event={event} teamId={teamId} />
        ))}
      </ul>
      {lines.length > previewMax && onChanges && (
        <Button size="dense" className="mt-2" onClick={onChanges}>
          All {lines.length} changes
        </Button>
      )}
    </Section>
  );
}

export function Section({ title, plain = false, children }: { title: string; plain?: boolean; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1 text-meta font-semibold text-ink-3">{title}</h2>
      {plain ? children : <dl>{children}</dl>}
    </section>
  );
}

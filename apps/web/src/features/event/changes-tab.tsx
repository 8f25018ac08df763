import type { AuditEvent, Json } from "@daybook/event";
import { useState } from "react";
import { CopyTextButton } from "../../ui/copy-button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { plural } from "../../ui/numbers.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { ChangeLineRow, KindChip, Redacted, Value } from "./change-line.tsx";
import { changeGroups, changeLines, changeText, type ChangeGroup, type ChangeLine } from "./change-list.ts";
import { JsonView } from "./json-view.tsx";

const views = [
  { value: "list", label: "List" },
  { value: "sides", label: "Side by side" },
  { value: "states", label: "Before and after" },
] as const;
type View = (typeof views)[number]["value"];

export function ChangesTab({ event, teamId }: { event: AuditEvent; teamId?: string | undefined }) {
  const [view, setView] = useState<View>("list");
  const lines = changeLines(event);
  const { changes } = event;
  if (!changes || (lines.length === 0 && changes.before === undefined && changes.after === undefined)) {
    return <EmptyPanel title="No change was recorded">The sender of this event did not say what was different before and after.</EmptyPanel>;
  }
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented label="How to show the changes" options={views} value={view} onChange={setView} />
        {lines.length > 0 && <CopyTextButton label="Copy all" text={() => lines.map(changeText).join("\n")} />}
      </div>
      {lines.length === 0 && view !== "states" && <p className="text-ink-2">Before and after are equal.</p>}
      {view === "list" && <Groups groups={changeGroups(lines)} event={event} teamId={teamId} />}
      {view === "sides" && lines.length > 0 && <Sides lines={lines} />}
      {view === "states" ? (
        <States before={changes.before} after={changes.after} />
      ) : (
        <MissingState before={changes.before} after={changes.after} lines={lines} />
      )}
    </div>
  );
}

function Groups({ groups, ...rest }: { groups: readonly ChangeGroup[]; event: AuditEvent; teamId?: string | undefined }) {
  return groups.map(({ key, lines }) => {
    const list = (
      <ul key={key} className="flex flex-col rounded-card border">
        {lines.map((line) => (
          <ChangeLineRow key={`${line.kind} ${line.path}`} line={line} {...rest} />
        ))}
      </ul>
    );
    return key === "" ? (
      list
    ) : (
      <Disclosure key={key} open title={`${key} · ${plural(lines.length, "change")}`}>
        {list}
      </Disclosure>
    );
  });
}

/** Each field once, its two values beside each other; one above the other on a phone. */
function Sides({ lines }: { lines: readonly ChangeLine[] }) {
  return (
    <div className="overflow-hidden rounded-card border">
      <div aria-hidden className="grid grid-cols-2 border-b bg-surface text-meta text-ink-3 max-sm:hidden">
        <span className="px-2 py-1">Before</span>
        <span className="border-l px-2 py-1">After</span>
      </div>
      <dl>
        {lines.map((line) => (
          <div key={`${line.kind} ${line.path}`} data-sides={line.path} className="border-b last:border-0">
            <dt className="flex items-center gap-2 px-2 pt-1.5">
              <KindChip line={line} />
              <span className="mono min-w-0 font-semibold break-words">{line.path}</span>
            </dt>
            {line.isRedacted ? (
              <dd className="px-2 py-1.5">
                <Redacted rule={line.rule ?? ""} />
              </dd>
            ) : (
              <dd className="grid sm:grid-cols-2">
                <Side word="Before" value={line.before} look="remove" />
                <Side word="After" value={line.after} look="add" />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </div>
  );
}

const Side = ({ word, value, look }: { word: string; value: Json | undefined; look: "add" | "remove" }) => (
  <div className={`min-w-0 px-2 py-1.5 break-words ${look === "add" ? "sm:border-l" : ""}`}>
    <span className="mr-1 text-meta text-ink-3 sm:sr-only">{word}:</span>
    {value === undefined ? <span className="text-ink-3">Not there</span> : <Value value={value} look={look} />}
  </div>
);

function States({ before, after }: { before: Json | undefined; after: Json | undefined }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <State title="Before" value={before} />
      <State title="After" value={after} />
    </div>
  );
}

function State({ title, value }: { title: string; value: Json | undefined }) {
  return (
    <section className="min-w-0" data-state-of={title.toLowerCase()}>
      <h3 className="mb-1 text-meta text-ink-3">{title}</h3>
      {value === undefined ? (
        <p className="text-ink-3">No state from {title.toLowerCase()} the change was sent.</p>
      ) : (
        <JsonView value={value} what={`the state ${title.toLowerCase()}`} />
      )}
    </section>
  );
}

/** One state alone makes every field look added or removed: that is what was sent, not what happened. */
function MissingState({ before, after, lines }: { before: Json | undefined; after: Json | undefined; lines: readonly ChangeLine[] }) {
  if ((before === undefined) === (after === undefined)) return null;
  const [missing, seems] = before === undefined ? ["before", "added"] : ["after", "removed"];
  if (lines.some(({ kind }) => kind !== seems)) return null;
  return (
    <p role="note" className="text-meta text-ink-2">
      No state from {missing} the change was sent, so a field that was there all along reads as {seems}.
    </p>
  );
}

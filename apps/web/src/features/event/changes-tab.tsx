import { ruleTitle } from "@daybook/event";
import type { AuditEvent, Json } from "@daybook/event";
import { CopyButton, CopyTextButton } from "../../ui/copy-button.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { changeLines, changeText, glyphs, type ChangeLine } from "./change-list.ts";
import { JsonView } from "./json-view.tsx";

const looks = { changed: "bg-hover text-ink-2", added: "bg-add-bg text-add", removed: "bg-remove-bg text-remove" };

export function ChangesTab({ event }: { event: AuditEvent }) {
  const lines = changeLines(event);
  const { changes } = event;
  if (!changes || (lines.length === 0 && changes.before === undefined && changes.after === undefined)) {
    return <EmptyPanel title="No change was recorded">The sender of this event did not say what was different before and after.</EmptyPanel>;
  }
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex items-center justify-between">
        <h2 className="font-semibold">Changed fields</h2>
        {lines.length > 0 && <CopyTextButton label="Copy all" text={lines.map(changeText).join("\n")} />}
      </div>
      {lines.length === 0 && <p className="text-ink-2">Before and after are equal.</p>}
      <ul className="flex flex-col rounded-card border">
        {lines.map((line) => (
          <Line key={line.path} line={line} />
        ))}
      </ul>
      {(changes.before !== undefined || changes.after !== undefined) && (
        <div className="grid gap-3 sm:grid-cols-2">
          <State title="Before" value={changes.before} />
          <State title="After" value={changes.after} />
        </div>
      )}
    </div>
  );
}

function Line({ line }: { line: ChangeLine }) {
  return (
    <li data-change={line.kind} className="flex items-start gap-2 border-b py-1.5 pr-1 pl-2 last:border-0">
      <span className={`chip mt-0.5 flex h-5 w-[76px] shrink-0 items-center gap-1 rounded-chip px-1.5 text-meta ${looks[line.kind]}`}>
        <span aria-hidden className="mono font-semibold">
          {glyphs[line.kind]}
        </span>
        {line.kind}
      </span>
      <span className="min-w-0 flex-1 pt-[3px] break-words">
        <span className="mono font-semibold">{line.path}</span> {line.redacted ? <Redacted rule={line.redacted} /> : <Values line={line} />}
      </span>
      <CopyButton text={changeText(line)} what={`change of ${line.path}`} />
    </li>
  );
}

const Redacted = ({ rule }: { rule: string }) => (
  <span className="whitespace-nowrap text-sensitive">
    <span className="chip mono rounded-[3px] bg-chip-sensitive px-1">[REDACTED]</span> <span className="text-meta">◆ by rule “{ruleTitle(rule)}”</span>
  </span>
);

function Values({ line }: { line: ChangeLine }) {
  return (
    <>
      {line.before !== null && <Value text={line.before} look="remove" />}
      {line.kind === "changed" && <span className="px-1 text-ink-3">→</span>}
      {line.after !== null && <Value text={line.after} look="add" />}
    </>
  );
}

function Value({ text, look }: { text: string; look: "add" | "remove" }) {
  const Tag = look === "add" ? "ins" : "del";
  return <Tag className={`mono rounded-[3px] px-1 break-words no-underline ${look === "add" ? "bg-add-bg text-add" : "bg-remove-bg text-remove"}`}>{text}</Tag>;
}

function State({ title, value }: { title: string; value: Json | undefined }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 text-meta text-ink-3">{title}</h3>
      {value === undefined ? <p className="text-ink-3">Not sent</p> : <JsonView value={value} what={`the state ${title.toLowerCase()}`} />}
    </section>
  );
}

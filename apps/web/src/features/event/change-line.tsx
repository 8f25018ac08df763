import { ruleTitle, type AuditEvent, type Json } from "@daybook/event";
import { UsersRound } from "lucide-react";
import { useState } from "react";
import { CopyButton } from "../../ui/copy-button.tsx";
import { wholeNumber } from "../../ui/numbers.ts";
import { changeText, glyphs, type ChangeLine } from "./change-list.ts";
import { searchOf } from "./event-filter.ts";
import { LogLink } from "./log-link.tsx";
import { printValue } from "./print-value.ts";
import { revealed } from "./quoted.ts";
import { wordDiff, type Piece } from "./word-diff.ts";

export type ChangedEvent = Pick<AuditEvent, "log_type" | "resource">;

const looks = { changed: "bg-hover text-ink-2", added: "bg-add-bg text-add", removed: "bg-remove-bg text-remove" };
/** More of a value is shown when it is asked for. */
const shownMax = 600;

export function ChangeLineRow({ line, event, teamId }: { line: ChangeLine; event: ChangedEvent; teamId?: string | undefined }) {
  return (
    <li data-change={line.kind} data-path={line.path} className="flex items-start gap-2 border-b py-1.5 pr-1 pl-2 last:border-0 max-sm:flex-wrap">
      <KindChip line={line} />
      <span className="min-w-0 flex-1 pt-[3px] break-words max-sm:order-last max-sm:basis-full max-sm:pt-0">
        <bdi className="mono font-semibold">{line.path}</bdi> {line.isRedacted ? <Redacted rule={line.rule ?? ""} /> : <Values line={line} />}
        {!line.isRedacted && line.rule !== null && <span className="text-meta text-sensitive"> ◆ in part taken out by rule “{ruleTitle(line.rule)}”</span>}
      </span>
      <span className="flex shrink-0 max-sm:ml-auto">
        <WhoElse line={line} event={event} teamId={teamId} />
        <CopyButton text={() => changeText(line)} what={`change of ${line.path}`} />
      </span>
    </li>
  );
}

export const KindChip = ({ line }: { line: Pick<ChangeLine, "kind"> }) => (
  <span className={`chip mt-0.5 flex h-5 w-[76px] shrink-0 items-center gap-1 rounded-chip px-1.5 text-meta ${looks[line.kind]}`}>
    <span aria-hidden className="mono font-semibold">
      {glyphs[line.kind]}
    </span>
    {line.kind}
  </span>
);

/** Everybody who ever changed this field of this resource. */
function WhoElse({ line, event, teamId }: { line: ChangeLine; event: ChangedEvent; teamId?: string | undefined }) {
  const { resource } = event;
  const handle = resource?.name ?? resource?.id;
  const q = searchOf({ is: "changed", negated: false, path: line.field }, ...(handle ? [{ key: "resource" as const, value: handle }] : []));
  const label = `Who else changed ${line.path}${handle ? ` of ${handle}` : ""}`;
  return (
    <LogLink
      logType={event.log_type}
      teamId={teamId}
      search={{ q }}
      label={label}
      className="inline-grid size-6 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink"
    >
      <UsersRound size={14} aria-hidden />
    </LogLink>
  );
}

export const Redacted = ({ rule }: { rule: string }) => (
  <span className="text-sensitive">
    <span className="chip mono rounded-[3px] bg-chip-sensitive px-1">[REDACTED]</span>{" "}
    <span className="text-meta">◆ changed; the value was taken out by rule “{ruleTitle(rule)}”</span>
  </span>
);

function Values({ line: { kind, before, after } }: { line: ChangeLine }) {
  const words = typeof before === "string" && typeof after === "string" ? wordDiff(before.slice(0, shownMax), after.slice(0, shownMax)) : null;
  return (
    <>
      {before !== undefined && <Value value={before} pieces={words?.before} look="remove" />}
      {kind === "changed" && <span className="text-ink-3"> → </span>}
      {after !== undefined && <Value value={after} pieces={words?.after} look="add" />}
    </>
  );
}

const tints = { add: "bg-add-bg text-add", remove: "bg-remove-bg text-remove" };

export function Value({ value, pieces, look }: { value: Json; pieces?: readonly Piece[] | undefined; look: "add" | "remove" }) {
  const [all, setAll] = useState(false);
  const Tag = look === "add" ? "ins" : "del";
  const isText = typeof value === "string";
  const text = printValue(value, all ? Infinity : shownMax);
  const isCut = !all && (isText ? value.length : text.length) > shownMax;
  return (
    <>
      <Tag
        // Without a direction of its own a Hebrew or Arabic value would change places with the one behind the arrow.
        dir="auto"
        className={`mono rounded-[3px] px-1 break-words whitespace-pre-wrap no-underline ${pieces && !all ? "" : tints[look]}`}
      >
        {pieces && !all ? (
          <>
            &quot;
            {pieces.map((piece, index) =>
              piece.same ? (
                revealed(piece.text)
              ) : (
                // The word itself carries the mark: an underline or a stroke through it, besides the tint.
                <mark key={index} className={`rounded-[3px] font-semibold ${tints[look]} ${look === "add" ? "underline" : "line-through"}`}>
                  {revealed(piece.text)}
                </mark>
              ),
            )}
            {isCut ? "…" : <>&quot;</>}
          </>
        ) : (
          text
        )}
      </Tag>
      {isCut && (
        <button type="button" className="link ml-1 text-meta" onClick={() => setAll(true)}>
          {isText ? `all ${wholeNumber(value.length)} characters` : "show all"}
        </button>
      )}
    </>
  );
}

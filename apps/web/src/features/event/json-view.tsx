import { ChevronDown, ChevronRight } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { CopyButton } from "../../ui/copy-button.tsx";
import { JsonTools } from "./json-tools.tsx";
import { printed, shownLines, type JsonLine } from "./json-lines.ts";
import { useFound, useJsonLines } from "./use-json-lines.ts";

interface JsonViewProps {
  value: unknown;
  what: string;
  /** With it there is a bar to search, fold and download. */
  fileName?: string;
}

/** Beyond so many lines only those on screen are in the page. */
const drawnMax = 300;
/** Fold buttons of neighbouring lines are each a target of this size. */
const lineHeight = 24;

/** JSON with sorted keys; what is opened by a line can be folded away. */
export function JsonView({ value, what, fileName }: JsonViewProps) {
  const lines = useJsonLines(value);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(lines, text);
  if (lines === null)
    return (
      <div role="status" className="rounded-card border bg-surface p-3 text-ink-3">
        Printing…
      </div>
    );

  const current = found?.[at];
  const show = (index: number) => {
    const place = found?.[index];
    setAt(index);
    // What is found is never left folded away.
    if (place !== undefined) setFolded(new Set([...folded].filter((opening) => place <= opening || place > (lines[opening]?.end ?? 0))));
  };
  const toggle = (place: number) => {
    const next = new Set(folded);
    if (!next.delete(place)) next.add(place);
    setFolded(next);
  };
  return (
    <div className="relative flex min-h-0 flex-col rounded-card border bg-surface" data-json>
      {fileName !== undefined && (
        <JsonTools
          what={what}
          fileName={fileName}
          text={text}
          found={found}
          at={at}
          isFolded={folded.size > 0}
          print={() => printed(lines)}
          onText={(typed) => {
            setText(typed);
            setAt(0);
          }}
          onShow={show}
          onFold={(fold) => setFolded(new Set(fold ? lines.flatMap(({ depth, end }, place) => (end > place && depth > 0 ? [place] : [])) : []))}
        />
      )}
      <Lines lines={lines} shown={shownLines(lines, folded)} what={what} folded={folded} current={current} text={text} onToggle={toggle} />
      {fileName === undefined && <CopyButton text={() => printed(lines)} what={what} className="absolute top-1.5 right-1.5 bg-surface" />}
    </div>
  );
}

interface LinesProps {
  lines: readonly JsonLine[];
  shown: readonly number[];
  what: string;
  folded: ReadonlySet<number>;
  /** The line that was found last. */
  current: number | undefined;
  text: string;
  onToggle: (place: number) => void;
}

function Lines(props: LinesProps) {
  return props.lines.length > drawnMax ? <VirtualLines {...props} /> : <AllLines {...props} />;
}

const scroller = "scroll-thin inset-focus mono max-h-[max(240px,calc(100dvh-280px))] min-h-0 overflow-auto rounded-card py-2 pr-9";

function AllLines({ lines, shown, what, current, ...rest }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector(`[data-line="${current}"]`)?.scrollIntoView({ block: "nearest" }), [current]);
  return (
    <div ref={box} role="group" tabIndex={0} aria-label={what} className={scroller}>
      {shown.map((place) => {
        const line = lines[place];
        return line && <Line key={place} line={line} place={place} isCurrent={place === current} wraps {...rest} />;
      })}
    </div>
  );
}

function VirtualLines({ lines, shown, what, current, ...rest }: LinesProps) {
  // The virtualizer hands out functions that change behind the same identity; memoising them would freeze the list.
  "use no memo";
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the directive above is the answer to it
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => box.current, estimateSize: () => lineHeight, overscan: 20 });
  useEffect(() => {
    const index = current === undefined ? -1 : shown.indexOf(current);
    if (index !== -1) virtual.scrollToIndex(index, { align: "center" });
    // Only another find scrolls; folding leaves the reader where they are.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [current]);
  return (
    <div ref={box} role="group" tabIndex={0} aria-label={what} className={scroller} style={{ height: "100dvh" }}>
      <div className="relative w-max min-w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const place = shown[index] ?? 0;
          const line = lines[place];
          return (
            line && (
              <div key={key} className="absolute inset-x-0 whitespace-pre" style={{ transform: `translateY(${start}px)`, height: lineHeight }}>
                <Line line={line} place={place} isCurrent={place === current} {...rest} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  line: JsonLine;
  place: number;
  isCurrent: boolean;
  wraps?: boolean;
  folded: ReadonlySet<number>;
  text: string;
  onToggle: (place: number) => void;
}

function Line({ line: { depth, text: shown, end, count }, place, isCurrent, wraps = false, folded, text, onToggle }: LineProps) {
  const opens = end > place;
  const isFolded = opens && folded.has(place);
  const Mark = isFolded ? ChevronRight : ChevronDown;
  return (
    <div data-line={place} className={`flex min-h-6 leading-6 ${isCurrent ? "bg-selected" : ""}`} style={{ paddingLeft: depth * 14 + 4 }}>
      {opens ? (
        <button
          type="button"
          aria-expanded={!isFolded}
          aria-label={`${isFolded ? "Unfold" : "Fold"} line ${place + 1}`}
          onClick={() => onToggle(place)}
          className="grid size-6 shrink-0 place-items-center text-ink-3 hover:text-ink"
        >
          <Mark size={12} aria-hidden />
        </button>
      ) : (
        <span className="w-6 shrink-0" />
      )}
      <span className={wraps ? "min-w-0 flex-1 break-words whitespace-pre-wrap" : ""}>
        <Marked text={shown} wanted={text} />
        {isFolded && <span className="text-ink-3"> … {count} …</span>}
      </span>
    </div>
  );
}

function Marked({ text, wanted }: { text: string; wanted: string }) {
  const at = wanted === "" ? -1 : text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at === -1) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-[3px] bg-chip-pending text-ink">{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  );
}

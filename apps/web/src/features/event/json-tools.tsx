import { ArrowDown, ArrowUp, Download, FoldVertical, UnfoldVertical } from "lucide-react";
import { IconButton } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { wholeNumber } from "../../ui/numbers.ts";

interface JsonToolsProps {
  what: string;
  fileName: string;
  text: string;
  /** Null while it is searched. */
  found: readonly number[] | null;
  at: number;
  isFolded: boolean;
  print: () => string;
  onText: (text: string) => void;
  onShow: (index: number) => void;
  onFold: (fold: boolean) => void;
}

/** Search in it, fold it, take it along. */
export function JsonTools({ what, fileName, text, found, at, isFolded, print, onText, onShow, onFold }: JsonToolsProps) {
  const count = found?.length ?? 0;
  const step = (by: number) => count > 0 && onShow((at + by + count) % count);
  return (
    <div className="flex items-center gap-1 border-b p-1.5">
      <input
        type="search"
        aria-label={`Search in ${what}`}
        placeholder="Search in it"
        className="control h-7 min-w-0 flex-1"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          step(event.shiftKey ? -1 : 1);
        }}
      />
      <span aria-live="polite" className={`text-center text-meta whitespace-nowrap text-ink-3 ${text === "" ? "" : "min-w-[64px]"}`}>
        {text === "" ? "" : found === null ? "Searching…" : count === 0 ? "Not found" : `${wholeNumber(at + 1)} of ${wholeNumber(count)}`}
      </span>
      {text !== "" && (
        <>
          <IconButton label="Line before that holds it" disabled={count === 0} onClick={() => step(-1)}>
            <ArrowUp size={14} aria-hidden />
          </IconButton>
          <IconButton label="Next line that holds it" disabled={count === 0} onClick={() => step(1)}>
            <ArrowDown size={14} aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton label={isFolded ? "Unfold all" : "Fold all"} onClick={() => onFold(!isFolded)}>
        {isFolded ? <UnfoldVertical size={14} aria-hidden /> : <FoldVertical size={14} aria-hidden />}
      </IconButton>
      <CopyButton text={print} what={what} className="size-7" />
      <IconButton label={`Download ${what}`} onClick={() => download(fileName, print())}>
        <Download size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

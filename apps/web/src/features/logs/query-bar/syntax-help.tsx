import { keyInfo, searchKeys } from "@daybook/query";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { IconButton } from "../../../ui/button.tsx";

const rules: readonly [string, string][] = [
  ["alice report", "both words, in actor, action, resource, description or IP"],
  ['"Q2 report"', "these words side by side"],
  ["*sales*", "anywhere within a word"],
  ["status:failed", "a key and its value; different keys must all hold"],
  ["actor:(alice@company.com OR bob@company.com)", "one of several values"],
  ["-action:viewed", "leaves these out"],
  ["resource:sales*", "begins with; * stands for anything"],
  ["ip:10.0.0.0/8", "a network; ip:192.168.1 is one, too"],
  ["duration:>1s rows:5..9", "numbers: > >= < <= and from..to"],
];

interface SyntaxHelpProps {
  /** By a key or its own button the focus goes back to where it came from; by going elsewhere it is there already. */
  onClose: (how: "key" | "left") => void;
  onTry: (example: string) => void;
}

export function SyntaxHelp({ onClose, onTry }: SyntaxHelpProps) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label="How to search"
      data-popover
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose("key");
      }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && document.hasFocus() && onClose("left")}
      className="appear scroll-thin absolute top-9 right-0 z-30 mt-1 max-h-[min(560px,70dvh)] w-full min-w-[min(340px,calc(100vw-24px))] overflow-y-auto rounded-card border bg-bg shadow-overlay lg:w-[640px]"
    >
      <header className="sticky top-0 flex items-center justify-between border-b bg-bg py-1 pr-1 pl-3">
        <h2 className="font-semibold">How to search</h2>
        <IconButton label="Close" onClick={() => onClose("key")}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <table className="w-full">
        <caption className="sr-only">What can be written</caption>
        <tbody>
          {rules.map(([example, meaning]) => (
            <tr key={example} className="border-b last:border-0">
              <td className="py-1 pr-3 pl-3 align-top">
                <Example text={example} onTry={onTry} />
              </td>
              <td className="py-1 pr-3 align-top text-ink-2">{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="border-y bg-surface px-3 py-1 text-meta text-ink-2">Keys</h3>
      <table className="w-full">
        <caption className="sr-only">Keys</caption>
        <tbody>
          {searchKeys.map((key) => (
            <tr key={key} className="border-b last:border-0">
              <th scope="row" className="py-1 pr-3 pl-3 text-left align-top font-normal">
                {keyInfo[key].title}
                {keyInfo[key].aliases.length > 0 && <span className="block text-meta text-ink-3">also {keyInfo[key].aliases.join(", ")}</span>}
              </th>
              <td className="py-1 pr-3 align-top">
                <Example text={keyInfo[key].example} onTry={onTry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="border-t px-3 py-2 text-meta text-ink-2">Time is chosen beside the search, not in it.</p>
    </div>
  );
}

const Example = ({ text, onTry }: { text: string; onTry: (example: string) => void }) => (
  <button
    type="button"
    title="Put it into the search"
    onClick={() => onTry(text)}
    className="mono inset-focus min-h-6 rounded-chip px-1 text-left break-all hover:bg-hover"
  >
    {text}
  </button>
);

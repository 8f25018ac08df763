import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { wholeNumber } from "../../ui/numbers.ts";

// A page of text lays out in a few milliseconds; two megabytes of it do not.
const shownCharacters = 20_000;

export function JsonView({ value, what }: { value: unknown; what: string }) {
  const [all, setAll] = useState(false);
  const text = JSON.stringify(value, null, 2) ?? "null";
  const cut = !all && text.length > shownCharacters;
  return (
    <div className="relative rounded-card border bg-surface">
      <pre
        tabIndex={0}
        aria-label={what}
        className="scroll-thin inset-focus max-h-[60vh] overflow-auto rounded-card p-3 pr-10 leading-5 break-words whitespace-pre-wrap"
      >
        {cut ? `${text.slice(0, shownCharacters)}\n…` : text}
      </pre>
      <CopyButton text={text} what={what} className="absolute top-1.5 right-1.5 bg-surface" />
      {cut && (
        <div className="border-t p-2">
          <Button size="dense" onClick={() => setAll(true)}>
            Show all {wholeNumber(text.length)} characters
          </Button>
        </div>
      )}
    </div>
  );
}

import { useState } from "react";
import { Button, IconButton } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import { CheckIcon, CopyIcon } from "./line-icon.tsx";

const confirmedMs = 1600;

/** A text that is long to make is made when it is asked for. */
type Text = string | (() => string);

function useCopied(text: Text): [boolean, () => void] {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void copyText(typeof text === "string" ? text : text()).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), confirmedMs);
    });
  };
  return [copied, copy];
}

const mark = (copied: boolean) => (copied ? <CheckIcon className="text-ok" /> : <CopyIcon />);

/** `what` names the thing, so that each copy button on a page has its own accessible name. */
export function CopyButton({ text, what, className = "" }: { text: Text; what: string; className?: string }) {
  const [copied, copy] = useCopied(text);
  return (
    <IconButton label={copied ? `Copied ${what}` : `Copy ${what}`} onClick={copy} className={`size-6 ${className}`}>
      {mark(copied)}
    </IconButton>
  );
}

export function CopyTextButton({ text, label }: { text: Text; label: string }) {
  const [copied, copy] = useCopied(text);
  return (
    <Button size="dense" onClick={copy}>
      {mark(copied)}
      {copied ? "Copied" : label}
    </Button>
  );
}

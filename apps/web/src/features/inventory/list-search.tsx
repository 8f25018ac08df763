import { Search } from "lucide-react";
import { useEffect, useRef, useState, type RefObject } from "react";

const settleMs = 250;

interface ListSearchProps {
  nouns: string;
  value: string;
  input: RefObject<HTMLInputElement | null>;
  onChange: (q: string | undefined) => void;
}

/** Typing moves the address once it settles; an address that changes otherwise is shown. */
export function ListSearch({ nouns, value, input, onChange }: ListSearchProps) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (value !== shown) {
    setShown(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className="relative max-w-[360px]">
      <Search size={14} aria-hidden className="absolute top-[9px] left-2.5 text-ink-3" />
      <input
        ref={input}
        type="text"
        role="searchbox"
        aria-label={`Search ${nouns}`}
        aria-keyshortcuts="/"
        maxLength={100}
        placeholder={`Search ${nouns}…  /`}
        className="control pl-8"
        value={typed}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            setShown(text.trim());
            onChange(text.trim() || undefined);
          }, settleMs);
        }}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
    </div>
  );
}

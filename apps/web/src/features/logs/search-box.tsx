import { X } from "lucide-react";
import { useEffect, useRef, useState, type RefObject } from "react";
import { IconButton } from "../../ui/button.tsx";

const settleMs = 250;

interface SearchBoxProps {
  value: string;
  onChange: (text: string, how: "push" | "replace") => void;
  input: RefObject<HTMLInputElement | null>;
}

/** Typing replaces the URL once it settles; Enter makes a step that Back undoes. */
export function SearchBox({ value, onChange, input }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (value !== shown) {
    setShown(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (text: string, how: "push" | "replace") => {
    clearTimeout(timer.current);
    if (text.trim() !== value) onChange(text.trim(), how);
  };
  return (
    <>
      <input
        ref={input}
        type="text"
        role="searchbox"
        aria-label="Search events"
        aria-keyshortcuts="/"
        placeholder="Search actor, action, resource, IP…  /"
        className="control pr-8 pl-8"
        value={typed}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            setShown(text.trim());
            commit(text, "replace");
          }, settleMs);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(typed, "push");
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {typed !== "" && (
        <IconButton
          label="Clear search"
          className="absolute top-1 right-1 size-6"
          onClick={() => {
            setTyped("");
            commit("", "push");
            input.current?.focus();
          }}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </>
  );
}

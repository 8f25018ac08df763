import type { Problem } from "@daybook/query";
import { useEffect, useRef, type RefObject } from "react";
import { piecesOf } from "./text-pieces.ts";

/** The same text behind the field, invisible but for a red line under what is not understood: a field cannot underline a part of its text. */
export function TypedText({ text, problems, input }: { text: string; problems: Problem[]; input: RefObject<HTMLInputElement | null> }) {
  const mirror = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = input.current;
    if (!field) return;
    const follow = () => mirror.current?.scrollTo({ left: field.scrollLeft });
    follow();
    field.addEventListener("scroll", follow);
    return () => field.removeEventListener("scroll", follow);
  }, [input, text]);
  return (
    <div ref={mirror} aria-hidden className="pointer-events-none absolute inset-0 flex items-center overflow-hidden px-1 whitespace-pre text-transparent">
      <span>
        {piecesOf(text, { parts: [], problems }).map((piece) => (
          <span key={piece.from} className={piece.is === "problem" ? "underline decoration-failed decoration-wavy decoration-1 underline-offset-4" : ""}>
            {piece.text}
          </span>
        ))}
      </span>
    </div>
  );
}

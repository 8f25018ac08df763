import { useEffect, useEffectEvent, useRef, useState } from "react";
import { plural } from "../../../ui/numbers.ts";

/** A screen reader is told of news at most this often. */
const spokenEveryMs = 5_000;

/** The sentence for a polite live region: how many events are new since it last said so. */
export function useSpoken(): { words: string; add: (events: number) => void } {
  const [words, setWords] = useState("");
  const pending = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const spokenAt = useRef(-spokenEveryMs);
  const speak = useEffectEvent(() => {
    timer.current = undefined;
    spokenAt.current = performance.now();
    setWords(pending.current === 1 ? "1 new event" : plural(pending.current, "new event"));
    pending.current = 0;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    words,
    add: (events) => {
      if (events === 0) return;
      pending.current += events;
      timer.current ??= setTimeout(() => speak(), Math.max(0, spokenAt.current + spokenEveryMs - performance.now()));
    },
  };
}

import { useEffect, useEffectEvent, useRef } from "react";

/** Runs at once, and then at most once in so many milliseconds, however often it is called; the last call is not lost. */
export function useThrottled(act: () => void, everyMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ranAt = useRef(-everyMs);
  const run = useEffectEvent(() => {
    timer.current = undefined;
    ranAt.current = performance.now();
    act();
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => run(), Math.max(0, ranAt.current + everyMs - performance.now()));
  };
}

import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

interface Rows {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  /** So many rows stand ready beyond either edge. */
  overscan: number;
  /** This row stays wherever the list is scrolled, so that the focus never falls to the page; −1: none. */
  kept: number;
}

/** Of many rows of one height those that are seen: all that a list of fixed rows needs, in a fiftieth of what a library for any list weighs. */
export function useRowWindow({ scroller, count, rowHeight, overscan, kept }: Rows) {
  const [{ first, seen }, setView] = useState({ first: 0, seen: 0 });
  const heightBefore = useRef(rowHeight);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const next = { first: Math.floor(Math.max(0, element.scrollTop) / rowHeight), seen: Math.ceil(element.clientHeight / rowHeight) };
      setView((held) => (held.first === next.first && held.seen === next.seen ? held : next));
    };
    // The row at the top stays there when all become higher or lower.
    element.scrollTo({ top: (element.scrollTop * rowHeight) / heightBefore.current });
    heightBefore.current = rowHeight;
    look();
    // Within the frame of the scrolling itself: a frame later the edge would show white.
    const onScroll = () => flushSync(look);
    element.addEventListener("scroll", onScroll, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", onScroll);
      sizes.disconnect();
    };
  }, [scroller, rowHeight]);

  const from = Math.max(0, Math.min(first, count - 1));
  const to = Math.min(count - 1, first + seen);
  return {
    /** The first and the last that are seen. */
    from,
    to: Math.max(0, to),
    height: count * rowHeight,
    indexes: seen === 0 ? [] : windowIndexes({ from: from - overscan, to: to + overscan, count, kept }),
    /** Scrolls as little as shows the row whole, below the head of the list and above its lower edge. */
    scrollTo: (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const head = element.querySelector<HTMLElement>("[data-rows]")?.offsetTop ?? 0;
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTo({ top });
      else element.scrollTo({ top: Math.max(element.scrollTop, head + top + rowHeight - element.clientHeight) });
    },
  };
}

interface Window {
  from: number;
  to: number;
  count: number;
  kept: number;
}

/** In their order, each once. */
export function windowIndexes({ from, to, count, kept }: Window): number[] {
  const [start, end] = [Math.max(0, from), Math.min(count - 1, to)];
  const indexes = Array.from({ length: Math.max(0, end - start + 1) }, (_, at) => start + at);
  if (kept < 0 || kept >= count || (kept >= start && kept <= end)) return indexes;
  return kept < start ? [kept, ...indexes] : [...indexes, kept];
}

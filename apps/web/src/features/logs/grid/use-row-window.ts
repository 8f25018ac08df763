import { startTransition, useLayoutEffect, useRef, useState, type RefObject } from "react";
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

/** While the list rushes by, each step shows more than half a screen of new rows, and the next one comes within this time: four frames a second on a machine that has other work. */
const rushGapMs = 250;
/** So long after the last such step the list rests. */
const restMs = 200;

/** Of many rows of one height those that are seen: all that a list of fixed rows needs, in a fiftieth of what a library for any list weighs. */
export function useRowWindow({ scroller, count, rowHeight, overscan, kept }: Rows) {
  const [{ first, seen, rushes }, setView] = useState({ first: 0, seen: 0, rushes: false });
  // What the scroller said last. Asking it again just after a change of the page makes the browser lay out all of it, twice in one frame.
  const last = useRef({ top: 0, height: 0, head: 0, rowHeight });
  const anchor = useRef(kept);
  useLayoutEffect(() => {
    anchor.current = kept;
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let rushedAt = -Infinity;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let before = 0;
    const show = () => {
      const next = { first: Math.floor(Math.max(0, last.current.top) / rowHeight), seen: Math.ceil(last.current.height / rowHeight) };
      const isFast = Math.abs(next.first - before) * 2 > next.seen;
      const rushesNow = isFast && performance.now() - rushedAt < rushGapMs;
      before = next.first;
      if (isFast) {
        rushedAt = performance.now();
        clearTimeout(rest);
        rest = setTimeout(() => startTransition(() => setView((held) => (held.rushes ? { ...held, rushes: false } : held))), restMs);
      }
      setView((held) =>
        held.first === next.first && held.seen === next.seen && (held.rushes || !rushesNow) ? held : { ...next, rushes: held.rushes || rushesNow },
      );
    };
    // When all rows become higher or lower, the one that the reader is at stays where it is; where none is in view, the one at the top.
    const head = headOf(element);
    const seenAt = anchor.current * last.current.rowHeight - last.current.top;
    const isSeen = anchor.current >= 0 && seenAt > -last.current.rowHeight && seenAt < last.current.height;
    const moved = isSeen ? anchor.current * rowHeight - seenAt + head - last.current.head : (last.current.top * rowHeight) / last.current.rowHeight;
    const top = last.current.rowHeight === rowHeight ? last.current.top : Math.max(0, moved);
    last.current.rowHeight = rowHeight;
    last.current.head = head;
    if (top !== last.current.top) {
      element.scrollTo({ top });
      last.current.top = element.scrollTop;
    }
    if (last.current.height === 0) last.current.height = element.clientHeight;
    before = Math.floor(last.current.top / rowHeight);
    show();
    const onScroll = () => {
      last.current.top = element.scrollTop;
      // Within the frame of the scrolling itself: a frame later the edge would show white.
      flushSync(show);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    const sizes = new ResizeObserver(([entry]) => {
      last.current.height = entry?.contentRect.height ?? element.clientHeight;
      show();
    });
    sizes.observe(element);
    return () => {
      clearTimeout(rest);
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
    /** Faster than can be read: what comes now may be less than whole. */
    rushes,
    indexes: seen === 0 ? [] : windowIndexes({ from: from - overscan, to: to + overscan, count, kept }),
    /** Scrolls as little as shows the row whole, below the head of the list and above its lower edge. */
    scrollTo: (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const head = headOf(element);
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTo({ top });
      else element.scrollTo({ top: Math.max(element.scrollTop, head + top + rowHeight - element.clientHeight) });
    },
  };
}

/** How far down the rows begin. */
const headOf = (scroller: HTMLElement): number => scroller.querySelector<HTMLElement>("[data-rows]")?.offsetTop ?? 0;

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

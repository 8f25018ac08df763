import { useRef } from "react";
import { clampWidth, widthMax, widthMin } from "./column-choice.ts";

const stepPx = 8;
const leapPx = 40;

/** The edge of a column: dragged, moved with the arrow keys, and with two clicks or Enter as wide as its content. */
export function ColumnEdge({ title, onResize, onFit }: { title: string; onResize: (width: number, done: boolean) => void; onFit: () => void }) {
  const edge = useRef<HTMLSpanElement>(null);
  const drag = useRef<{ x: number; width: number } | null>(null);
  const widthNow = () => Math.round(edge.current?.parentElement?.getBoundingClientRect().width ?? widthMin);
  const dragged = (x: number) => clampWidth((drag.current?.width ?? widthMin) + x - (drag.current?.x ?? x));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a separator that can be moved is a control
    <span
      ref={edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuemin={widthMin}
      aria-valuemax={widthMax}
      aria-valuenow={widthMin}
      onFocus={(event) => event.currentTarget.setAttribute("aria-valuenow", String(widthNow()))}
      className="inset-focus absolute inset-y-0 -right-2 z-[1] w-3 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:left-[5px] after:w-px after:bg-hairline hover:after:bg-accent focus-visible:after:bg-accent"
      onDoubleClick={onFit}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, width: widthNow() };
      }}
      onPointerMove={(event) => drag.current && onResize(dragged(event.clientX), false)}
      onPointerUp={(event) => {
        const moved = drag.current !== null && event.clientX !== drag.current.x;
        const width = dragged(event.clientX);
        drag.current = null;
        if (moved) onResize(width, true);
      }}
      onPointerCancel={() => (drag.current = null)}
      onKeyDown={(event) => {
        const by = (event.shiftKey ? leapPx : stepPx) * (event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0);
        if (by === 0 && event.key !== "Enter") return;
        event.preventDefault();
        event.stopPropagation();
        if (by === 0) return onFit();
        const width = clampWidth(widthNow() + by);
        event.currentTarget.setAttribute("aria-valuenow", String(width));
        onResize(width, true);
      }}
    />
  );
}

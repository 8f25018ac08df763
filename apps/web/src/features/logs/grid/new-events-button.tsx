import { plural, wholeNumber } from "../../../ui/numbers.ts";

/** How many events wait above, over the list, so that nothing moves. */
export function NewEventsButton({ count, full, onShow }: { count: number; full: boolean; onShow: () => void }) {
  return (
    <button
      type="button"
      onClick={onShow}
      data-new-events={count}
      className="appear absolute top-10 left-1/2 z-10 h-7 -translate-x-1/2 rounded-full bg-accent px-3 font-medium text-on-accent shadow-overlay"
    >
      {full ? `Refresh to see ${wholeNumber(count)} new` : `${plural(count, "new event")} ↑`}
    </button>
  );
}

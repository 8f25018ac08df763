import { Button } from "../../ui/button.tsx";
import type { ViewChanges } from "./use-view-changes.ts";
import { useOpenView, type ViewList } from "./view-context.ts";

interface DefaultNoteProps {
  list: ViewList;
  /** Null where nothing can be changed. */
  onChoose: ViewChanges["chooseDefault"] | null;
}

/** What this log opens with by itself, where it is the organization's choice, and the way to another. */
export function DefaultNote({ list, onChoose }: DefaultNoteProps) {
  const { logType } = useOpenView();
  const { mine, organization } = list.defaults[logType];
  const chosen = [...list.views, ...list.builtIn].find(({ id }) => id === organization);
  if (!chosen || (mine !== null && mine !== "none")) return null;
  const isPlain = mine === "none";
  return (
    <p className="flex items-center gap-2 px-3 py-2 text-meta text-ink-2">
      <span className="flex-1">
        {isPlain ? `Your log opens without a view; everybody else's with “${chosen.name}”.` : `This log opens with “${chosen.name}” for everybody.`}
      </span>
      {onChoose && (
        <Button size="dense" onClick={() => onChoose({ logType, for: "member", viewId: isPlain ? null : "none" })}>
          {isPlain ? "Open mine with it too" : "Open mine without"}
        </Button>
      )}
    </p>
  );
}

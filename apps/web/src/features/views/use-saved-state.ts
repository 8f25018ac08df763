import { writeColumns } from "../logs/grid/column-choice.ts";
import { useLook } from "../logs/grid/use-look.ts";
import { useOpenView } from "./view-context.ts";
import { stateOf, type ViewState } from "./view-state.ts";

/** What saving keeps. Columns and density that this reader chose once, and that stand in no URL, are written down too: whoever opens the view sees the same. */
export function useSavedState(): ViewState {
  const { search, logType } = useOpenView();
  const { choice, density } = useLook(logType, search, () => {});
  return { ...stateOf(search), cols: writeColumns(choice.columns, logType), ...(density && { density }) };
}

/** One meaning of one or several keys. */
export interface KeyEntry {
  /** As the browser names them; "g a" is two in a row, "Mod+k" is ⌘K or Ctrl+K. */
  on: readonly [string, ...string[]];
  does: string;
  /** Offered in the palette while the page that knows it is open. */
  isCommand?: true;
  /** Only while the part itself has the focus, which then handles it: nothing on the page listens for it. */
  isLocal?: true;
}

interface Area {
  title: string;
  keys: readonly KeyEntry[];
}

/** Every key of the console, by the place where it works. Pages bind their keys by these names, and the sheet lists them: a key that is not here does nothing. */
export const keyMap = {
  everywhere: {
    title: "Everywhere",
    keys: [
      { on: ["Mod+k"], does: "Search or jump" },
      { on: ["g a"], does: "Activity logs" },
      { on: ["g s"], does: "System logs" },
      { on: ["g o"], does: "Operations" },
      { on: ["g i"], does: "Incidents" },
      { on: ["["], does: "Show or hide the sidebar", isCommand: true },
      { on: ["?"], does: "All keyboard shortcuts", isCommand: true },
      { on: ["Escape"], does: "Close the topmost layer" },
    ],
  },
  logs: {
    title: "Logs",
    keys: [
      { on: ["/", "s"], does: "Search events", isCommand: true },
      { on: ["t"], does: "Time range", isCommand: true },
      { on: ["="], does: "Widen the time range", isCommand: true },
      { on: ["f"], does: "Show or hide the filters", isCommand: true },
      { on: ["v"], does: "Saved views", isCommand: true },
      { on: ["d"], does: "Next density of rows", isCommand: true },
      { on: ["l"], does: "Follow or pause new events", isCommand: true },
      { on: ["n"], does: "Show new events" },
      { on: ["r"], does: "Refresh", isCommand: true },
      { on: ["z"], does: "Undo zoom" },
      { on: ["c"], does: "Copy a link to what you see", isCommand: true },
    ],
  },
  events: {
    title: "List of events",
    keys: [
      { on: ["j", "ArrowDown"], does: "Next event" },
      { on: ["k", "ArrowUp"], does: "Previous event" },
      { on: ["PageDown"], does: "A screen further" },
      { on: ["PageUp"], does: "A screen back" },
      { on: ["Home"], does: "First loaded event" },
      { on: ["End"], does: "Last loaded event" },
      { on: ["Enter", "o"], does: "Open the event" },
      { on: ["x", " "], does: "Select the event" },
      { on: ["X"], does: "Select as far as here" },
      { on: ["y"], does: "Copy as JSON" },
      { on: ["."], does: "Menu of the cell" },
      { on: ["+"], does: "Only events with the value of the cell" },
      { on: ["-"], does: "No events with the value of the cell" },
      { on: ["ArrowLeft", "ArrowRight"], does: "From cell to cell", isLocal: true },
    ],
  },
  bars: {
    title: "Bars over the list",
    keys: [
      { on: ["ArrowLeft", "ArrowRight"], does: "Choose a bar", isLocal: true },
      { on: ["Shift+ArrowLeft", "Shift+ArrowRight"], does: "Choose several", isLocal: true },
      { on: ["Enter"], does: "Zoom to them", isLocal: true },
    ],
  },
  cases: {
    title: "Case",
    keys: [
      { on: ["j"], does: "Next event of the step" },
      { on: ["k"], does: "Previous event of the step" },
      { on: ["p"], does: "Pin or unpin the event" },
      { on: ["n", "N"], does: "Add a note", isCommand: true },
    ],
  },
  catalog: {
    title: "Catalog",
    keys: [
      { on: ["/"], does: "Search actions", isCommand: true },
      { on: ["j", "ArrowDown"], does: "Next action" },
      { on: ["k", "ArrowUp"], does: "Previous action" },
      { on: ["Home"], does: "First action" },
      { on: ["End"], does: "Last action" },
      { on: ["Enter"], does: "Open the action" },
    ],
  },
  inventory: {
    title: "Groups, collections, connections",
    keys: [{ on: ["/"], does: "Search the list", isCommand: true }],
  },
} as const satisfies Record<string, Area>;

export type KeyArea = keyof typeof keyMap;
type EntryOf<A extends KeyArea> = Exclude<(typeof keyMap)[A]["keys"][number], { isLocal: true }>;
/** The keys that a page may bind in an area. */
export type KeyOf<A extends KeyArea> = EntryOf<A>["on"][number];

export const keyAreas = Object.keys(keyMap) as KeyArea[];
export const entriesOf = (area: KeyArea): readonly KeyEntry[] => keyMap[area].keys;

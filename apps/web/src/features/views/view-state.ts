import { readLogsSearch, type LogsSearch } from "../logs/logs-search.ts";

/** What a view keeps of the explorer. The three parameters of the range are one thing: one that is given replaces all three. */
const stateKeys = ["q", "range", "from", "to", "tz", "cols", "density", "fold", "by"] as const;
type StateKey = (typeof stateKeys)[number];
export type ViewState = Pick<LogsSearch, StateKey>;

/** Stands in the URL for the plain log, where a default view would open otherwise. */
export const plainView = "none";

const slotOf = (key: StateKey) => (key === "from" || key === "to" ? "range" : key);
type Slot = ReturnType<typeof slotOf>;
const slots = [...new Set(stateKeys.map(slotOf))];
const slotWords: Record<Slot, string> = {
  q: "search",
  range: "time range",
  tz: "clock",
  cols: "columns",
  density: "density",
  fold: "folding",
  by: "bars",
};

export const stateOf = (search: LogsSearch): ViewState => picked(search, () => true);

/** What a view keeps, as this console reads it: a value that it does not know is left out, a search text that it cannot read whole is kept as it stands. */
export const readState = (state: object): ViewState => stateOf(readLogsSearch({ ...state }).search);

/** What is looked at: the view's state without what the reader took away, overlaid by what the URL says itself. */
export function overlaid(state: ViewState, address: LogsSearch): LogsSearch {
  const { view: _, without, ...search } = address;
  const own = stateOf(search);
  const away = new Set<string>([...(without ?? "").split(","), ...slots.filter((slot) => has(own, slot))]);
  return { ...picked(state, (slot) => !away.has(slot)), ...search };
}

/** The shortest URL that `overlaid` makes `next` of: what differs from the view, and the names of what was taken away. */
export function narrowed({ id, state }: { id: string; state: ViewState }, next: LogsSearch): LogsSearch {
  const differing = differences(state, next);
  const away = differing.filter((slot) => !has(next, slot));
  const beside = Object.fromEntries(Object.entries(next).filter(([key]) => !stateKeys.some((each) => each === key)));
  return { ...beside, ...picked(next, (slot) => differing.includes(slot)), view: id, ...(away.length > 0 && { without: away.join(",") }) };
}

/** In words, what of a search is not as the view has it. */
export const differenceWords = (state: ViewState, search: LogsSearch): string[] => differences(state, search).map((slot) => slotWords[slot]);

const differences = (state: ViewState, next: LogsSearch): Slot[] =>
  slots.filter((slot) => stateKeys.some((key) => slotOf(key) === slot && state[key] !== next[key]));

const has = (state: ViewState, slot: Slot): boolean => stateKeys.some((key) => slotOf(key) === slot && state[key] !== undefined);

function picked(search: LogsSearch, isWanted: (slot: Slot) => boolean): ViewState {
  return Object.fromEntries(stateKeys.filter((key) => search[key] !== undefined && isWanted(slotOf(key))).map((key) => [key, search[key]]));
}

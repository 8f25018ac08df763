const always = ["Action", "Sentence, for a sample", "Operation", "Severity", "Log of"] as const;
const figures = ["Events", "Last seen"] as const;
export type Column = (typeof always)[number] | (typeof figures)[number];

/** Figures are told only to who sees the whole log. */
export const columnsOf = (told: boolean): readonly Column[] => (told ? [...always, ...figures] : always);

/** By the width of the list, not of the screen: beside open details there is room for less. */
export const templateOf = (told: boolean): string =>
  told
    ? "grid-cols-[minmax(0,1fr)_auto] @min-[640px]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)_72px_84px] @min-[940px]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)_92px_76px_96px_76px_84px]"
    : "grid-cols-[minmax(0,1fr)_auto] @min-[640px]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] @min-[940px]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)_92px_76px_96px]";

const onlyWhenWide = "hidden @min-[940px]:block";
export const headCell: Record<Column, string> = {
  Action: "truncate",
  "Sentence, for a sample": "truncate",
  Operation: onlyWhenWide,
  Severity: onlyWhenWide,
  "Log of": onlyWhenWide,
  Events: "text-right",
  "Last seen": "truncate",
};

import { useSyncExternalStore } from "react";
import type { LogType } from "@daybook/event";
import { choose, usePreference } from "../../../ui/preferences.ts";
import { readColumns, writeColumns, type ChosenColumn, type ColumnChoice } from "./column-choice.ts";
import { densities, type Density, type LogsSearch } from "../logs-search.ts";
import type { Go } from "../use-logs-navigation.ts";

/** How the list looks: what the URL says, else what this reader chose here before. */
export interface Look {
  choice: ColumnChoice;
  /** Undefined: by the width that there is. */
  density: Density | undefined;
  fold: boolean;
  setColumns: (columns: readonly ChosenColumn[], how?: "push" | "replace") => void;
  setPreset: (id: string) => void;
  setDensity: (density: Density) => void;
  setFold: (fold: boolean) => void;
}

const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Storage is refused in some private windows: then nothing is remembered. */
function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}

const columnsName = (logType: LogType) => `daybook.columns.${logType}`;

export function useLook(logType: LogType, search: LogsSearch, go: Go): Look {
  const remembered = useSyncExternalStore(subscribe, () => recall(columnsName(logType)));
  const preferred = usePreference("density");
  const setCols = (cols: string, how: "push" | "replace" = "push") => {
    remember(columnsName(logType), cols);
    const { cols: _, ...rest } = search;
    go(cols === "default" ? rest : { ...rest, cols }, how);
  };
  return {
    choice: readColumns(search.cols ?? remembered, logType),
    density: search.density ?? densities.find((each) => each === preferred),
    fold: search.fold !== "0",
    setColumns: (columns, how) => setCols(writeColumns(columns, logType), how),
    setPreset: (id) => setCols(id),
    setDensity: (density) => {
      choose("density", density);
      go({ ...search, density });
    },
    setFold: (fold) => {
      const { fold: _, ...rest } = search;
      go(fold ? rest : { ...rest, fold: "0" });
    },
  };
}

/** The densities in turn; where none is chosen, the list begins compact. */
export const nextDensity = (density: Density = "compact"): Density => densities[(densities.indexOf(density) + 1) % densities.length] ?? "compact";

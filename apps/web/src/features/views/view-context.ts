import { createContext, use } from "react";
import type { LogType } from "@daybook/event";
import type { inferOutput, Trpc } from "../../trpc.ts";
import type { LogsSearch } from "../logs/logs-search.ts";
import type { ViewState } from "./view-state.ts";

export type ShownView = inferOutput<Trpc["views"]["get"]>;
export type ViewList = inferOutput<Trpc["views"]["list"]>;

/** How the log stands to the saved views. */
export interface OpenView {
  logType: LogType;
  /** The view that is open, with its state as this console reads it. */
  view: (ShownView & { state: ViewState }) | null;
  /** Why the view that the link names does not open. */
  gone: string | null;
  /** What is looked at, the view's state and the URL's together. */
  search: LogsSearch;
  /** What of it is not as the view has it, in words. */
  differing: readonly string[];
  /** Parts of the view's search that match nothing, because they are not understood. */
  broken: readonly string[];
  /** Replaces the search that the server is asked, where the view's own cannot be: see `brokenParts`. */
  narrowing: { q?: string };
  /** Whether there is anything to say of it besides its name. */
  hasNews: boolean;
  /** Opens a view as it was saved; null is the log without one. */
  open: (view: ShownView | null) => void;
  /** Keeps the plain log on screen while a default is chosen for the next time. */
  stay: () => void;
  /** Keeps what is looked at, and lets go of the view. */
  leave: () => void;
}

export const ViewContext = createContext<OpenView | null>(null);

export function useOpenView(): OpenView {
  const open = use(ViewContext);
  if (!open) throw new Error("This part of the console stands in a log.");
  return open;
}

/** Whether the view that is open, where one is, shows nothing because a part of its search is not understood. */
export const useShowsNothing = (): boolean => (use(ViewContext)?.broken.length ?? 0) > 0;

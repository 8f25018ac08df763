import { builtInViewOf } from "@daybook/alerts";
import type { BuiltInView } from "@daybook/alerts";
import type { LogType } from "@daybook/event";
import { Refusal } from "@daybook/event";
import { mayChangeView, mayWithdrawView } from "@daybook/policy";
import type { MemberViewer, Sharing, Viewer } from "@daybook/policy";
import type { ListedView, SavedView } from "@daybook/store";
import { z } from "zod";
import type { ViewState } from "./view-state.ts";

/** A view as one member sees it. */
export interface ShownView {
  /** What links, stars and defaults call it: an id, or the name of a built-in one. */
  id: string;
  name: string;
  description: string;
  logType: LogType;
  state: ViewState;
  /** Null for a built-in view, which is nobody's. */
  saved: {
    owner: { id: string; name: string };
    sharing: { with: "nobody" } | { with: "organization" } | { with: "team"; teamId: string; teamName: string };
    version: number;
    updatedAt: string;
    updatedBy: string;
    own: boolean;
    mayChange: boolean;
    mayDelete: boolean;
  } | null;
}

/** An id that could be a view's: a UUID, or the name of a built-in one. */
export const viewRef = z.union([z.uuid(), z.string().refine((id) => builtInViewOf(id) !== undefined, "must be the id of a view")]);

export const sharingOf = ({ withOrganization, teamId }: Pick<SavedView, "withOrganization" | "teamId">): Sharing =>
  teamId !== null ? { with: "team", teamId } : { with: withOrganization ? "organization" : "nobody" };

export const shownBuiltIn = ({ id, name, description, logType, state }: BuiltInView): ShownView => ({ id, name, description, logType, state, saved: null });

export function shownSaved(viewer: MemberViewer, row: ListedView): ShownView {
  const sharing = sharingOf(row);
  const owned = { ownerId: row.ownerId, sharing };
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    logType: row.logType,
    state: row.state as ViewState,
    saved: {
      owner: { id: row.ownerId, name: row.ownerName },
      sharing: sharing.with === "team" ? { ...sharing, teamName: row.teamName ?? "" } : sharing,
      version: row.version,
      updatedAt: row.updatedAt.toISOString(),
      updatedBy: row.updatedBy.name ?? row.updatedBy.type,
      own: row.ownerId === viewer.userId,
      mayChange: mayChangeView(viewer, owned).allowed,
      mayDelete: mayWithdrawView(viewer, owned).allowed,
    },
  };
}

/** Views belong to people: a token has none, and neither has Daybook itself. */
export function memberOnly(viewer: Viewer): MemberViewer {
  if (viewer.kind === "member") return viewer;
  throw new Refusal("forbidden", "Saved views and short links belong to people. An owner or admin of the organization can use them in the console.");
}

/** A colleague's own view, another organization's, and one that never was get the same answer. */
export const noSuchView = (): Refusal => new Refusal("not_found", "There is no such view, or it is not shared with you.");

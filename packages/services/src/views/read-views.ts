import { builtInViewOf, builtInViews } from "@daybook/alerts";
import { logTypes, Refusal } from "@daybook/event";
import type { LogType } from "@daybook/event";
import { may, viewsSeenBy } from "@daybook/policy";
import type { MemberViewer } from "@daybook/policy";
import { savedViews, viewChoices } from "@daybook/store";
import type { Executor } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { sharedViewsMax, starsMax, viewsOfOwnerMax } from "./limits.ts";
import { memberOnly, noSuchView, shownBuiltIn, shownSaved, viewRef } from "./shown-view.ts";
import type { ShownView } from "./shown-view.ts";

/** What a log opens with: a view's id, `none` for no view at all, or null where nobody chose. */
export interface DefaultViews {
  mine: string | null;
  organization: string | null;
}

/** Everything that the menu of views shows, of both logs. */
export const listViews = defineRead({
  name: "views.list",
  needs: "events:read",
  input: z.undefined(),
  async run({ store }, { viewer }) {
    const member = memberOnly(viewer);
    const { organizationId, userId } = member;
    const db = store.of(organizationId);
    const rows = await savedViews.list(db, organizationId, { seen: viewsSeenBy(member), limit: viewsOfOwnerMax + sharedViewsMax });
    return {
      views: rows.map((row) => shownSaved(member, row)),
      builtIn: builtInViews.map(shownBuiltIn),
      starred: await viewChoices.listStars(db, organizationId, { userId, limit: starsMax }),
      defaults: await defaultsOf(db, member),
      may: {
        shareWithOrganization: may(member, "views:share").allowed,
        /** Teams of one's own; whoever may share with the organization may choose any other as well. */
        shareWithTeams: member.teams.filter(({ teamId }) => may(member, "views:share", { teamId }).allowed).map(({ teamId }) => teamId),
      },
    };
  },
});

export const getView = defineRead({
  name: "views.get",
  needs: "events:read",
  input: z.strictObject({ viewId: viewRef }),
  run: ({ store }, { viewer }, { viewId }) => {
    const member = memberOnly(viewer);
    return viewOf(store.of(member.organizationId), member, viewId);
  },
});

/** The view that a log opens with when nothing else is asked for: the member's own choice before the organization's. */
export const openingView = defineRead({
  name: "views.opening",
  needs: "events:read",
  input: z.strictObject({ logType: z.enum(logTypes) }),
  async run({ store }, { viewer }, { logType }): Promise<{ view: ShownView | null }> {
    const member = memberOnly(viewer);
    const db = store.of(member.organizationId);
    const { mine, organization } = (await defaultsOf(db, member))[logType];
    for (const id of [mine, organization]) {
      if (id === "none") return { view: null };
      // A default that was deleted, or is no longer shared with the reader, is as good as none.
      const view = id === null ? null : await viewOf(db, member, id).catch(unlessGone);
      if (view?.logType === logType) return { view };
    }
    return { view: null };
  },
});

function unlessGone(error: unknown): null {
  if (error instanceof Refusal && error.code === "not_found") return null;
  throw error;
}

export async function viewOf(db: Executor, member: MemberViewer, id: string): Promise<ShownView> {
  const builtIn = builtInViewOf(id);
  if (builtIn) return shownBuiltIn(builtIn);
  const row = await savedViews.find(db, member.organizationId, { id, seen: viewsSeenBy(member) });
  if (!row) throw noSuchView();
  if (row.deletedAt !== null)
    throw new Refusal(
      "not_found",
      `The view "${row.name}" was deleted by ${row.deletedBy?.name ?? "somebody"} on ${row.deletedAt.toISOString().slice(0, 10)}.`,
    );
  return shownSaved(member, row);
}

async function defaultsOf(db: Executor, { organizationId, userId }: MemberViewer): Promise<Record<LogType, DefaultViews>> {
  const rows = await viewChoices.defaultsFor(db, organizationId, userId);
  const chosen = (logType: LogType, whose: string | null) => rows.find((row) => row.logType === logType && row.userId === whose)?.view ?? null;
  const of = (logType: LogType): DefaultViews => ({ mine: chosen(logType, userId), organization: chosen(logType, null) });
  return { activity: of("activity"), system: of("system") };
}

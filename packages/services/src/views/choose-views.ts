import { logTypes, Refusal } from "@daybook/event";
import { may } from "@daybook/policy";
import { savedViews, viewChoices } from "@daybook/store";
import { z } from "zod";
import { defineChange } from "../verb.ts";
import { starsMax } from "./limits.ts";
import { viewOf } from "./read-views.ts";
import { memberOnly, viewRef } from "./shown-view.ts";
import type { ShownView } from "./shown-view.ts";

const ofView = z.strictObject({ viewId: viewRef });

export const starView = defineChange({
  name: "views.star",
  needs: "events:read",
  records: "saved_view_starred",
  input: ofView,
  async run(tx, { viewer }, { viewId }, platform) {
    const member = memberOnly(viewer);
    const { organizationId, userId } = member;
    const view = await viewOf(tx, member, viewId);
    await savedViews.lockViews(tx, organizationId);
    const starred = await viewChoices.countStars(tx, organizationId, userId);
    if (!(await viewChoices.addStar(tx, { organizationId, userId, view: view.id, createdAt: platform.now() }))) return { result: {}, event: null };
    if (starred >= starsMax) throw new Refusal("conflict", `A member stars at most ${starsMax} views. Take the star from one first.`);
    return { result: {}, event: { resource: resourceOf(view), changes: { before: { starred: false }, after: { starred: true } } } };
  },
});

/** Also from a view that is gone, so that nobody is left with a star that they cannot take back. */
export const unstarView = defineChange({
  name: "views.unstar",
  needs: "events:read",
  records: "saved_view_unstarred",
  input: ofView,
  async run(tx, { viewer }, { viewId }) {
    const { organizationId, userId } = memberOnly(viewer);
    if (!(await viewChoices.removeStar(tx, organizationId, { userId, view: viewId }))) return { result: {}, event: null };
    const event = { resource: { type: "saved_view", id: viewId }, changes: { before: { starred: true }, after: { starred: false } } };
    return { result: {}, event };
  },
});

/** The view that a log opens with: `none` for the plain log whatever the organization chose, null for no choice. */
export const setDefaultView = defineChange({
  name: "views.setDefault",
  needs: "events:read",
  records: "saved_view_default_changed",
  input: z.strictObject({ logType: z.enum(logTypes), for: z.enum(["member", "organization"]), viewId: z.union([viewRef, z.literal("none")]).nullable() }),
  async run(tx, { viewer }, { logType, viewId, ...input }, platform) {
    const member = memberOnly(viewer);
    const { organizationId, userId } = member;
    const ofOrganization = input.for === "organization";
    if (ofOrganization) {
      const { allowed, reason } = may(member, "views:share");
      if (!allowed) throw new Refusal("forbidden", reason);
    }
    const view = viewId === null || viewId === "none" ? null : await viewOf(tx, member, viewId);
    if (view && view.logType !== logType) throw new Refusal("invalid", `"${view.name}" is a view of the other log.`, "viewId");
    if (ofOrganization && view?.saved && view.saved.sharing.with !== "organization")
      throw new Refusal("conflict", `"${view.name}" is not shared with the organization, so others could not open it. Share it first.`, "viewId");
    await savedViews.lockViews(tx, organizationId);
    const before = await viewChoices.setDefault(tx, organizationId, { logType, userId: ofOrganization ? null : userId, view: viewId, at: platform.now() });
    if (before === viewId) return { result: {}, event: null };
    return {
      result: {},
      event: {
        resource: view ? resourceOf(view) : { type: "saved_view", id: "none", name: "none" },
        changes: { before: { view: before }, after: { view: viewId } },
        metadata: { log_type: logType, for: input.for },
      },
    };
  },
});

const resourceOf = ({ id, name }: ShownView) => ({ type: "saved_view", id, name });

import { diff, logTypes, Refusal } from "@daybook/event";
import { mayChangeView, mayShareView, mayWithdrawView, seesView } from "@daybook/policy";
import type { Decision, MemberViewer, Sharing } from "@daybook/policy";
import { savedViews, teams, viewChoices } from "@daybook/store";
import type { SavedView, Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange } from "../verb.ts";
import {
  deletedDaysMax,
  deletedViewsMax,
  sharedViewsMax,
  undoGraceSeconds,
  undoSeconds,
  viewDescriptionLengthMax,
  viewNameLengthMax,
  viewsOfOwnerMax,
} from "./limits.ts";
import { memberOnly, noSuchView, sharingOf } from "./shown-view.ts";
import { viewState } from "./view-state.ts";

const dayMs = 86_400_000;
const name = z.string().trim().min(1, "is needed").max(viewNameLengthMax);
const description = z.string().trim().max(viewDescriptionLengthMax);
const sharing = z.discriminatedUnion("with", [
  z.strictObject({ with: z.literal("nobody") }),
  z.strictObject({ with: z.literal("organization") }),
  z.strictObject({ with: z.literal("team"), teamId: z.uuid() }),
]);

export const createView = defineChange({
  name: "views.create",
  needs: "events:read",
  records: "saved_view_created",
  input: z.strictObject({
    name,
    description: description.default(""),
    logType: z.enum(logTypes),
    state: viewState,
    sharing: sharing.default({ with: "nobody" }),
  }),
  async run(tx, { viewer }, input, platform) {
    const member = memberOnly(viewer);
    const { organizationId, userId, actor } = member;
    await savedViews.lockViews(tx, organizationId);
    await demandShareable(tx, member, input.sharing);
    const now = platform.now();
    const row: SavedView = {
      organizationId,
      id: newId(platform),
      ownerId: userId,
      ...columnsOf(input.sharing),
      logType: input.logType,
      name: input.name,
      description: input.description,
      state: input.state,
      version: 1,
      createdAt: now,
      updatedAt: now,
      updatedBy: actor,
      deletedAt: null,
      deletedBy: null,
    };
    await demandRoom(tx, row, null);
    await savedViews.insert(tx, row);
    return { result: { id: row.id, version: row.version }, event: { ...aboutView(row), changes: { before: {}, after: stateOf(row) } } };
  },
});

/** Whoever changes a view says which version they saw, so that nobody writes over what they have not seen. */
export const updateView = defineChange({
  name: "views.update",
  needs: "events:read",
  records: "saved_view_updated",
  input: z.strictObject({
    viewId: z.uuid(),
    version: z.int().min(1),
    name: name.optional(),
    description: description.optional(),
    state: viewState.optional(),
    sharing: sharing.optional(),
  }),
  async run(tx, { viewer }, { viewId, version, ...input }, platform) {
    const member = memberOnly(viewer);
    const { organizationId } = member;
    await savedViews.lockViews(tx, organizationId);
    const before = await lockAlive(tx, member, viewId);
    const after: SavedView = {
      ...before,
      name: input.name ?? before.name,
      description: input.description ?? before.description,
      state: input.state ?? before.state,
      ...(input.sharing && columnsOf(input.sharing)),
    };
    await demandChange(tx, member, before, after);
    if (version !== before.version)
      throw new Refusal(
        "conflict",
        `${before.updatedBy.name ?? "Somebody else"} changed "${before.name}" meanwhile. Reset to see it as it is now, or keep yours under another name.`,
        "version",
      );
    if (diff(stateOf(before), stateOf(after)).length === 0) return { result: { id: before.id, version: before.version }, event: null };
    await demandRoom(tx, after, before);
    const changed = { version: before.version + 1, updatedAt: platform.now(), updatedBy: member.actor };
    const { name: shown, description: about, state, withOrganization, teamId } = after;
    await savedViews.update(tx, organizationId, { id: before.id, name: shown, description: about, state, withOrganization, teamId, ...changed });
    return {
      result: { id: before.id, version: changed.version },
      event: { ...aboutView(after), changes: { before: stateOf(before), after: stateOf(after) } },
    };
  },
});

/** It can be undone for a while; stars and defaults wait with it. */
export const deleteView = defineChange({
  name: "views.delete",
  needs: "events:read",
  records: "saved_view_deleted",
  input: z.strictObject({ viewId: z.uuid() }),
  async run(tx, { viewer }, { viewId }, platform) {
    const member = memberOnly(viewer);
    const { organizationId } = member;
    await savedViews.lockViews(tx, organizationId);
    const row = await lockAlive(tx, member, viewId);
    demand(mayWithdrawView(member, owned(row)));
    const now = platform.now();
    await savedViews.update(tx, organizationId, { id: row.id, deletedAt: now, deletedBy: member.actor });
    const gone = await savedViews.forgetDeleted(tx, organizationId, { before: new Date(now.getTime() - deletedDaysMax * dayMs), keep: deletedViewsMax });
    await viewChoices.forget(tx, organizationId, gone);
    return { result: { id: row.id, undoSeconds }, event: { ...aboutView(row), changes: { before: stateOf(row), after: {} } } };
  },
});

export const restoreView = defineChange({
  name: "views.restore",
  needs: "events:read",
  records: "saved_view_restored",
  input: z.strictObject({ viewId: z.uuid() }),
  async run(tx, { viewer }, { viewId }, platform) {
    const member = memberOnly(viewer);
    const { organizationId } = member;
    await savedViews.lockViews(tx, organizationId);
    const row = await lockSeen(tx, member, viewId);
    demand(mayWithdrawView(member, owned(row)));
    if (row.deletedAt === null) return { result: { id: row.id }, event: null };
    if (platform.now().getTime() - row.deletedAt.getTime() > (undoSeconds + undoGraceSeconds) * 1_000)
      throw new Refusal("conflict", `A deletion can be undone for ${undoSeconds} seconds. "${row.name}" stays deleted; save it anew.`);
    await demandRoom(tx, row, null);
    await savedViews.update(tx, organizationId, { id: row.id, deletedAt: null, deletedBy: null });
    return { result: { id: row.id }, event: { ...aboutView(row), changes: { before: {}, after: stateOf(row) } } };
  },
});

async function lockSeen(tx: Tx, member: MemberViewer, id: string): Promise<SavedView> {
  const row = await savedViews.lock(tx, member.organizationId, id);
  if (!row || !seesView(member, owned(row))) throw noSuchView();
  return row;
}

async function lockAlive(tx: Tx, member: MemberViewer, id: string): Promise<SavedView> {
  const row = await lockSeen(tx, member, id);
  if (row.deletedAt !== null) throw new Refusal("not_found", `The view "${row.name}" was deleted by ${row.deletedBy?.name ?? "somebody"} meanwhile.`);
  return row;
}

async function demandChange(tx: Tx, member: MemberViewer, before: SavedView, after: SavedView): Promise<void> {
  const [from, to] = [sharingOf(before), sharingOf(after)];
  const isTakenBack = to.with === "nobody" && from.with !== "nobody";
  demand(isTakenBack ? mayWithdrawView(member, owned(before)) : mayChangeView(member, owned(before)));
  if (diff(from, to).length > 0) await demandShareable(tx, member, to);
}

async function demandShareable(tx: Tx, member: MemberViewer, wanted: Sharing): Promise<void> {
  demand(mayShareView(member, wanted));
  if (wanted.with === "team" && !(await teams.findListed(tx, member.organizationId, { id: wanted.teamId, userId: null })))
    throw new Refusal("not_found", "There is no such team in this organization.", "sharing.teamId");
}

function demand({ allowed, reason }: Decision): void {
  if (!allowed) throw new Refusal("forbidden", reason);
}

/** `before` is the row as it was, where it was there. */
async function demandRoom(tx: Tx, row: SavedView, before: SavedView | null): Promise<void> {
  const { organizationId, ownerId, id } = row;
  if (await savedViews.nameTaken(tx, organizationId, { ownerId, name: row.name, except: id }))
    throw new Refusal("conflict", `There is a view named "${row.name}" already. Choose another name.`, "name");
  if (before === null && (await savedViews.countOfOwner(tx, organizationId, ownerId)) >= viewsOfOwnerMax)
    throw new Refusal("conflict", `A member has at most ${viewsOfOwnerMax} views. Delete one that nobody needs any more.`);
  const isShared = sharingOf(row).with !== "nobody";
  const wasShared = before !== null && sharingOf(before).with !== "nobody";
  if (isShared && !wasShared && (await savedViews.countShared(tx, organizationId)) >= sharedViewsMax)
    throw new Refusal("conflict", `An organization shares at most ${sharedViewsMax} views. Delete one that nobody needs any more.`);
}

const owned = (row: SavedView) => ({ ownerId: row.ownerId, sharing: sharingOf(row) });
const columnsOf = (wanted: Sharing) => ({ withOrganization: wanted.with === "organization", teamId: wanted.with === "team" ? wanted.teamId : null });

const aboutView = (row: SavedView) => ({
  resource: { type: "saved_view", id: row.id, name: row.name },
  metadata: { log_type: row.logType, sharing: sharingOf(row).with },
});

/** What its history tells of it. */
const stateOf = (row: SavedView) => ({
  name: row.name,
  description: row.description,
  sharing: sharingOf(row).with,
  ...(row.teamId !== null && { team_id: row.teamId }),
  ...row.state,
});

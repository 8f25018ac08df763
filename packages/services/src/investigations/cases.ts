import { diff, Refusal } from "@daybook/event";
import { isForOwnersAlone, maskName, noMask } from "@daybook/policy";
import type { Mask } from "@daybook/policy";
import { cases } from "@daybook/store";
import type { Case, CaseSubject } from "@daybook/store";
import { z } from "zod";
import { instant } from "../activity/search.ts";
import { viewLog } from "../activity/view-log.ts";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { defineChange, defineRead } from "../verb.ts";
import { casesOf, changedMeanwhile, lockOpenCase, mayWorkOn, noSuchCase, resourceOf } from "./case-access.ts";
import { caseLine, listedLine, stepsOf, timelineOf } from "./case-view.ts";
import type { CaseView } from "./case-view.ts";
import { casesPageDefault, casesPageMax, subjectLengthMax, titleLengthMax } from "./limits.ts";
import { recipeOf, recipes } from "./recipes/index.ts";
import { keptSearch, searchInput } from "./search-text.ts";

/** What a case can begin with. */
export const listRecipes = defineRead({
  name: "cases.recipes",
  needs: "cases:work",
  input: z.undefined(),
  run: async () => recipes.map(({ id, title, about, asks, steps }) => ({ id, title, about, asks, steps: steps.map((step) => step.title) })),
});

const numberMax = 2_147_483_647;

export const listCases = defineRead({
  name: "cases.list",
  needs: "cases:work",
  input: z
    .object({
      state: z.enum(["open", "closed"]).optional(),
      containing: z.string().trim().max(titleLengthMax).default(""),
      /** Goes on behind the case of this number. */
      cursor: z.number().int().min(1).max(numberMax).nullish(),
      limit: z.number().int().min(1).max(casesPageMax).default(casesPageDefault),
    })
    .prefault({}),
  async run({ store }, { viewer }, { state, containing, cursor, limit }) {
    const { organizationId } = viewer;
    const ownerId = casesOf(viewer) ?? undefined;
    const rows = await cases.list(store.of(organizationId), organizationId, { state, ownerId, containing, before: cursor ?? null, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    return { cases: shown.map(listedLine), nextCursor: rows.length > limit ? (shown.at(-1)?.number ?? null) : null };
  },
});

/** A case with its timeline, whose events are read with the reader's own eyes. */
export const getCase = defineRead({
  name: "cases.get",
  needs: "cases:work",
  input: z.union([z.strictObject({ number: z.number().int().min(1).max(numberMax) }), z.strictObject({ caseId: z.uuid() })]),
  async run(platform, context, input): Promise<CaseView> {
    const { organizationId } = context.viewer;
    const db = platform.store.of(organizationId);
    const found = await cases.find(db, organizationId, "number" in input ? { number: input.number } : { id: input.caseId });
    if (!found || !mayWorkOn(context.viewer, found)) throw noSuchCase();
    const [pins, notes, log] = await Promise.all([
      cases.pins(db, organizationId, found.id),
      cases.notes(db, organizationId, found.id),
      viewLog(platform, context),
    ]);
    const events = await log.rows(pins.map(({ eventId }) => eventId));
    return {
      ...caseLine(found),
      steps: stepsOf(found),
      from: found.eventsFrom?.toISOString() ?? null,
      to: found.eventsTo?.toISOString() ?? null,
      conclusion: found.conclusion,
      revision: found.revision,
      ...timelineOf(pins, notes, events),
    };
  },
});

const title = z.string().trim().min(1, "is needed").max(titleLengthMax);
const subjectInput = z.object({
  kind: z.enum(["resource", "actor", "operation", "event"]),
  value: z.string().trim().min(1, "is needed").max(subjectLengthMax),
  /** What people call it, where the value is an id. */
  label: z.string().trim().min(1).max(titleLengthMax).optional(),
});
const inOrder = ({ from, to }: { from?: string | null | undefined; to?: string | null | undefined }): boolean => !from || !to || from < to;

export const createCase = defineChange({
  name: "cases.create",
  needs: "cases:work",
  records: "case_created",
  input: z
    .object({ recipe: z.string().max(100), subject: subjectInput.optional(), title: title.optional(), from: instant.nullish(), to: instant.nullish() })
    .refine(inOrder, { message: "must be before `to`", path: ["from"] }),
  async run(tx, context, input, platform) {
    const { viewer } = context;
    const recipe = recipeOf(input.recipe);
    if (!recipe) throw new Refusal("invalid", "There is no such recipe.", "recipe");
    const { subject, eventId } = await subjectOf(platform, context, { asks: recipe.asks, asked: input.subject });
    const now = platform.now();
    const row: Case = {
      organizationId: viewer.organizationId,
      id: newId(platform),
      number: await cases.takeNumber(tx, viewer.organizationId),
      title: input.title ?? [...recipe.titleOf(subject)].slice(0, titleLengthMax).join(""),
      recipe: recipe.id,
      subject,
      steps: recipe.steps.map((step) => ({ step: step.id, q: keptSearch(step.q(subject)) })),
      eventsFrom: input.from ? new Date(input.from) : null,
      eventsTo: input.to ? new Date(input.to) : null,
      state: "open",
      conclusion: null,
      revision: 1,
      ownerId: viewer.kind === "member" ? viewer.userId : null,
      createdBy: viewer.actor,
      createdAt: now,
      updatedBy: viewer.actor,
      updatedAt: now,
    };
    await cases.insert(tx, row);
    if (eventId !== null)
      await cases.pin(tx, [{ organizationId: row.organizationId, caseId: row.id, eventId, note: "", pinnedBy: viewer.actor, pinnedAt: now }]);
    return {
      result: { id: row.id, number: row.number },
      event: {
        resource: resourceOf(row),
        changes: { before: {}, after: toldOf(row) },
        metadata: {
          recipe: recipe.id,
          ...(subject.kind !== "nothing" && { subject: subject.value, subject_kind: subject.kind }),
          ...(eventId !== null && { event_ids: [eventId] }),
        },
      },
    };
  },
});

interface Begun {
  subject: CaseSubject;
  /** The event that it begins with, to be pinned. */
  eventId: string | null;
}

/**
 * An event stands for its operation, or else for its resource: both tell more than the event alone. Admins read every case and are not shown all that its
 * maker may be, so an event stands for itself where only owners hear of it, and where others are shown its resource's name with an address cut out.
 */
async function subjectOf(
  platform: Platform,
  context: Context,
  { asks, asked }: { asks: readonly CaseSubject["kind"][]; asked: z.output<typeof subjectInput> | undefined },
): Promise<Begun> {
  if (asks.length === 0) return { subject: { kind: "nothing", value: "" }, eventId: null };
  if (!asked || !asks.includes(asked.kind)) throw new Refusal("invalid", `Say what it is about: a ${asks.join(", or a ")}.`, "subject");
  if (asked.kind !== "event") {
    const { kind, value, label } = asked;
    return { subject: { kind, value, ...(label !== undefined && label !== value && { label }) }, eventId: null };
  }
  const eventId = z.uuid().safeParse(asked.value);
  const log = await viewLog(platform, context);
  const found = eventId.success ? await log.event(eventId.data) : null;
  if (!found) throw new Refusal("not_found", "There is no such event, or you may not see it.", "subject");
  const { event } = found;
  const isForAll = (text: string): boolean => !isForOwnersAlone(event.action) && maskName(maskOfOthers(context), text) === text;
  const resource = event.resource?.name ?? event.resource?.id;
  if (event.operation_id && isForAll(event.operation_id)) return { subject: { kind: "operation", value: event.operation_id }, eventId: event.id };
  return { subject: resource && isForAll(resource) ? { kind: "resource", value: resource } : { kind: "event", value: event.id }, eventId: event.id };
}

/** Of whoever is neither an owner nor the one who did it. */
const maskOfOthers = ({ viewer }: Context): Mask =>
  viewer.kind === "member" && viewer.ipDisplay === "masked" ? { hides: [], cuts: [{ except: null }] } : noMask;

export const updateCase = defineChange({
  name: "cases.update",
  needs: "cases:work",
  records: "case_updated",
  input: z
    .object({ caseId: z.uuid(), revision: z.number().int(), title: title.optional(), from: instant.nullish(), to: instant.nullish() })
    .refine(inOrder, { message: "must be before `to`", path: ["from"] }),
  async run(tx, context, { caseId, revision, ...input }, platform) {
    const before = await lockOpenCase(tx, context, caseId);
    if (before.revision !== revision) throw changedMeanwhile(before, before.updatedBy);
    const after: Case = {
      ...before,
      title: input.title ?? before.title,
      eventsFrom: momentOf(input.from, before.eventsFrom),
      eventsTo: momentOf(input.to, before.eventsTo),
    };
    if (after.eventsFrom && after.eventsTo && after.eventsFrom >= after.eventsTo) throw new Refusal("invalid", "The time must begin before it ends.", "from");
    if (diff(toldOf(before), toldOf(after)).length === 0) return { result: { revision }, event: null };
    const { eventsFrom, eventsTo } = after;
    await cases.update(tx, after.organizationId, { id: after.id, title: after.title, eventsFrom, eventsTo, ...touched(after, context, platform.now()) });
    return { result: { revision: revision + 1 }, event: { resource: resourceOf(after), changes: { before: toldOf(before), after: toldOf(after) } } };
  },
});

/** Undefined leaves it, null opens it. */
const momentOf = (asked: string | null | undefined, held: Date | null): Date | null => (asked === undefined ? held : asked === null ? null : new Date(asked));

/** Who changed it last, when, and that it changed. */
export const touched = ({ revision }: Case, { viewer }: Context, now: Date) => ({ revision: revision + 1, updatedBy: viewer.actor, updatedAt: now });

const toldOf = ({ title: named, eventsFrom, eventsTo }: Case) => ({
  title: named,
  from: eventsFrom?.toISOString() ?? null,
  to: eventsTo?.toISOString() ?? null,
});

/** `was` is the search that the editor began with: two people may edit two steps, and nobody writes over what they have not seen. */
export const editStep = defineChange({
  name: "cases.editStep",
  needs: "cases:work",
  records: "case_step_edited",
  input: z.object({ caseId: z.uuid(), step: z.string().max(100), q: searchInput, was: searchInput }),
  async run(tx, context, { caseId, step, q, was }, platform) {
    const found = await lockOpenCase(tx, context, caseId);
    const held = found.steps.find((each) => each.step === step);
    if (!held) throw new Refusal("not_found", "The case has no such step.", "step");
    const kept = keptSearch(q);
    if (kept === held.q) return { result: { q: kept }, event: null };
    if (held.q !== was) throw changedMeanwhile(found, found.updatedBy);
    const steps = found.steps.map((each) => (each.step === step ? { step, q: kept } : each));
    await cases.update(tx, found.organizationId, { id: caseId, steps, updatedBy: context.viewer.actor, updatedAt: platform.now() });
    return {
      result: { q: kept },
      event: { resource: resourceOf(found), changes: { before: { q: held.q }, after: { q: kept } }, metadata: { step } },
    };
  },
});

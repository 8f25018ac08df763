import type { AuditEvent, EventRow, Json } from "@daybook/event";
import { askable, isMask, joinMasks, maskEvent, maskName, maskOf, maskRaw, maskRow, seesWholeLog } from "@daybook/policy";
import type { Mask, Shown } from "@daybook/policy";
import { allOf, equals, everything, foldCase } from "@daybook/query";
import type { FacetKey, Query } from "@daybook/query";
import type { CappedCount, FacetGroup, FacetValue, Histogram, HistogramSplit, SearchOrder } from "@daybook/store";
import { readersOf } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { oldestKept } from "./kept.ts";
import { openLog } from "./open-log.ts";
import { recordReadByAuditor } from "./read-by-auditor.ts";

/** One event as its reader sees it, beside what only Daybook itself may look at. */
export interface ViewedEvent {
  event: Shown<AuditEvent>;
  raw: Json | null;
  /** As it stands in the log. It never leaves. */
  unmasked: AuditEvent;
}

export type LogView = Awaited<ReturnType<typeof viewLog>>;

/**
 * The log as one viewer sees it, and the one way by which events leave to anybody: whatever is read is joined with what they may see, what they ask for
 * cannot ask for what is hidden, what comes back is masked, and what an auditor read is written down.
 */
export async function viewLog(platform: Platform, context: Context, teamId?: string) {
  const { store } = platform;
  const { organizationId } = context.viewer;
  const visible = await openLog(platform, context, teamId);
  const mask: Mask = joinMasks(readersOf(context).map(maskOf));
  const within = (asked: Query): Query => (asked.is === "everything" ? visible : allOf(visible, askable(mask, asked)));
  const recordRead = (asked: Query, rows: number | null) => recordReadByAuditor(platform, context, { asked, rows });
  const rowsOut = async (asked: Query, rows: EventRow[]): Promise<Shown<EventRow>[]> => {
    await recordRead(asked, rows.length);
    return rows.map((row) => maskRow(mask, row));
  };

  // A value that holds what is hidden cannot be asked for either.
  const valuesOut = (values: readonly FacetValue[]): FacetValue[] =>
    values.filter(({ value }) => maskName(mask, value) === value).map((each) => ({ ...each, label: maskName(mask, each.label) }));
  const isWhole = teamId === undefined && readersOf(context).every(seesWholeLog);

  return {
    visible,
    mask,
    within,
    /** For what is read elsewhere on the way to an answer; `rows` is null for figures. */
    recordRead,
    /** For events that were read on the way to something else, such as those of one operation. */
    rowsOut,

    async search({ asked = everything, ...page }: { asked?: Query; cursor?: string | null | undefined; limit: number; order?: SearchOrder }) {
      const found = await store.search(organizationId, { ...page, query: within(asked) });
      return { ...found, events: await rowsOut(asked, found.events) };
    },

    /** What belongs to an event that its reader has open: Daybook compares the values, so it is not the reader who asks by them. Recorded by who asks. */
    async linked({ to, limit }: { to: Query; limit: number }) {
      const found = await store.search(organizationId, { query: allOf(visible, to), limit });
      return { events: found.events.map((row) => maskRow(mask, row)), nextCursor: found.nextCursor };
    },

    countLinked: ({ to, max }: { to: Query; max: number }): Promise<CappedCount> => store.countUpTo(organizationId, { query: allOf(visible, to), max }),

    async event(id: string): Promise<ViewedEvent | null> {
      const found = await store.readEvent(organizationId, { id, query: visible });
      if (!found) return null;
      await recordRead(equals("id", id), 1);
      return { event: maskEvent(mask, found.event), raw: maskRaw(mask, found.raw), unmasked: found.event };
    },

    async rows(ids: readonly string[]): Promise<Shown<EventRow>[]> {
      if (ids.length === 0) return [];
      return rowsOut(equals("id", ...ids), await store.rows(organizationId, { ids, query: visible }));
    },

    async feed({ afterSeq, limit }: { afterSeq: number; limit: number }) {
      const step = await store.feed(organizationId, { afterSeq, query: visible, limit });
      await recordRead(everything, step.events.length);
      return { events: step.events.map((event) => maskEvent(mask, event)), lastSeq: step.lastSeq };
    },

    async tail({ asked, ...place }: { asked: Query; afterSeq: number; limit: number }) {
      const step = await store.tail(organizationId, { ...place, query: within(asked) });
      // A live view looks every few seconds; nothing is read until something comes.
      return { events: step.events.length === 0 ? [] : await rowsOut(asked, step.events), lastSeq: step.lastSeq };
    },

    async histogram({ asked, ...request }: { asked: Query; by: HistogramSplit; grids: readonly (readonly number[])[] }): Promise<Histogram> {
      const counted = await store.histogram(organizationId, { ...request, query: within(asked) });
      await recordRead(asked, null);
      return counted;
    },

    /** When its first event occurred, of those that its reader may see. */
    begin: (): Promise<Date | null> => (isWhole ? oldestKept(platform, organizationId) : store.firstAt(organizationId, visible)),

    /** Recorded by who asks, as is `countUpTo`: several of these make one answer. `containing` is compared with what the reader is shown. */
    async facets({
      asked,
      containing = "",
      limit,
      keys,
      budgetMs,
    }: {
      asked: Query;
      keys: readonly FacetKey[];
      limit: number;
      containing?: string;
      budgetMs?: number;
    }): Promise<FacetGroup[]> {
      const hides = isMask(mask);
      // The database compares what is hidden as well, and an answer would tell it.
      const found = await store.facets(organizationId, {
        query: within(asked),
        keys,
        hidesEmails: mask.hides.includes("actor.email"),
        ...(budgetMs !== undefined && { budgetMs }),
        ...(hides ? { limit: maskedValuesMax } : { limit, containing }),
      });
      if (!hides) return found;
      const typed = foldCase(containing);
      // In place of an address may stand what looks like none: it is hidden with the field.
      const hidesAddresses = mask.hides.includes("context.ip") || mask.cuts.length > 0;
      return found.map((group) => {
        const values = group.key === "ip" && hidesAddresses ? [] : valuesOut(group.values);
        const shown = values.filter(({ value, label }) => foldCase(value).includes(typed) || foldCase(label).includes(typed));
        return { ...group, values: shown.slice(0, limit), more: shown.length > limit };
      });
    },

    countUpTo: ({ asked, ...bounds }: { asked: Query; max: number; budgetMs?: number }): Promise<CappedCount> =>
      store.countUpTo(organizationId, { query: within(asked), ...bounds }),

    /** Recorded as figures are. */
    async count(asked: Query): Promise<Pick<Histogram, "total" | "exact">> {
      const counted = await store.countEvents(organizationId, within(asked));
      await recordRead(asked, null);
      return counted;
    },
  };
}

/** So many values are looked through for those that may be shown. */
const maskedValuesMax = 1_000;

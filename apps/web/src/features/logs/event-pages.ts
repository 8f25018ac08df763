import type { EventRow } from "@daybook/event";
import type { inferOutput, Trpc } from "../../trpc.ts";

export type EventPage = inferOutput<Trpc["events"]["list"]>;

interface Flat {
  before: readonly EventRow[] | null;
  rows: readonly EventRow[];
  ids: ReadonlySet<string>;
}

// A page keeps the flat list that ends with it, so that the hundredth page costs one copy and not a hundred scans.
const flats = new WeakMap<EventPage, Flat>();
const none: Flat = { before: null, rows: [], ids: new Set() };

/** All rows of all pages in order, each event once. Equal pages give the identical array. */
export function flatRows(pages: readonly EventPage[]): readonly EventRow[] {
  let flat = none;
  for (const page of pages) {
    const known = flats.get(page);
    flat = known?.before === flat.rows ? known : append(flat, page);
    flats.set(page, flat);
  }
  return flat.rows;
}

function append(flat: Flat, page: EventPage): Flat {
  const fresh = page.events.filter(({ id }) => !flat.ids.has(id));
  const ids = new Set(flat.ids);
  for (const { id } of fresh) ids.add(id);
  return { before: flat.rows, rows: [...flat.rows, ...fresh], ids };
}

/** Newest first; one instant holds many events, so the id breaks the tie, as the server does. */
export function isBefore(a: EventRow, b: EventRow): boolean {
  const [left, right] = [Date.parse(a.occurred_at), Date.parse(b.occurred_at)];
  return left === right ? a.id > b.id : left > right;
}

/** Puts events that arrived live, some of them late, where they belong. One that belongs behind the last loaded page is left to paging. */
export function insertLive(pages: readonly EventPage[], arrived: readonly EventRow[]): EventPage[] {
  const known = new Set(pages.flatMap((page) => page.events.map(({ id }) => id)));
  const next = pages.map((page) => page);
  for (const event of arrived) {
    if (known.has(event.id)) continue;
    known.add(event.id);
    const index = pageFor(next, event);
    const page = next[index];
    if (!page) continue;
    const at = page.events.findIndex((row) => isBefore(event, row));
    next[index] = { ...page, events: page.events.toSpliced(at === -1 ? page.events.length : at, 0, event) };
  }
  return next;
}

function pageFor(pages: readonly EventPage[], event: EventRow): number {
  const index = pages.findIndex((page) => {
    const last = page.events.at(-1);
    return last !== undefined && isBefore(event, last);
  });
  if (index !== -1) return index;
  return pages.at(-1)?.nextCursor === null ? pages.length - 1 : -1;
}

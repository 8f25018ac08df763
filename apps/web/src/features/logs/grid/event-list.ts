import { isTerminal, type EventRow } from "@daybook/event";
import type { inferOutput, Trpc } from "../../../trpc.ts";
import { isBefore, placeFor, type Place } from "./event-order.ts";

export type EventPage = inferOutput<Trpc["events"]["list"]>;
export type AskPage = (cursor: string | undefined, signal: AbortSignal, rows?: number) => Promise<EventPage>;

export const pageRows = 100;
/** The most that the server puts into one answer. */
const pageRowsMax = 200;
/** More rows than this are not kept: stretches far from the reader are let go, and asked for again when the reader comes back. */
export const heldRowsMax = 20_000;
/** So far above and below what is on screen nothing is let go. */
const keptAroundRows = 500;
/** A search that finds little goes on by itself for so many answers, and then asks whether to. */
const walkPagesMax = 20;
/** A thumb that is dragged passes a hundred stretches a second: so many are asked for at once, and then those where the reader is by that time. */
const fillsMax = 4;
/** The first page stays, so that the top of the list is there at once. */
const pinnedRowsMax = 200;

/** A row, or the place of one that was let go; `hidden` when it was folded into another. */
export type Slot = EventRow | "gap" | "hidden gap";
export const isRow = (slot: Slot | undefined): slot is EventRow => typeof slot === "object";

/** What stands between two cursors. Its ends are known even while its rows are not held. */
interface Stretch {
  cursor: string | undefined;
  count: number;
  held: boolean;
  first: Place;
  last: Place;
}

export type Asking =
  | { is: "idle" }
  | { is: "loading"; searchedTo: string | null }
  /** By the reader, or because the search went on for long enough. */
  | { is: "stopped"; searchedTo: string | null }
  | { is: "failed"; error: unknown };

/** The list as it is now. The slots are one growing array, so that the two-hundredth page costs no copy: who compares, compares the state itself. */
export interface ListState {
  slots: readonly Slot[];
  /** The newest event of each operation that ended, as far as the list knows. */
  ends: ReadonlyMap<string, Place>;
  older: Asking;
  isWhole: boolean;
  /** Why rows that had been let go could not be fetched again. */
  gapError: unknown;
}

/** The events of one search, newest first: keyset pages, live events put in their places, and only so many rows in memory. */
export class EventList {
  #lastSeq: number;
  #state: ListState;
  #slots: Slot[] = [];
  #stretches: Stretch[] = [];
  #ids = new Set<string>();
  #ends = new Map<string, Place>();
  #nextCursor: string | null;
  /** How far back everything is here, and the same when the last answer ran out of time. */
  #reach: string | null = null;
  #searchedTo: string | null = null;
  #asking: AbortController | null = null;
  #filling = new Set<Stretch>();
  #seen = { from: 0, to: 0 };
  /** Not asked for again until the reader says so. */
  #failed = new Set<Stretch>();
  #gapError: unknown;
  #listeners = new Set<() => void>();
  readonly #ask: AskPage;

  constructor(head: EventPage, ask: AskPage) {
    this.#ask = ask;
    this.#lastSeq = head.lastSeq;
    this.#nextCursor = head.nextCursor;
    this.#append(undefined, head);
    this.#state = this.#stateWith({ is: "idle" });
  }

  /** The last place in the log that this list knows of: what came behind it is still to be told. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  readonly state = (): ListState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly has = (id: string): boolean => this.#ids.has(id);

  /** Asks for older events. A page that comes short, because the search ran out of its time, is followed by the next. */
  async loadOlder(): Promise<void> {
    if (this.#asking || this.#nextCursor === null) return;
    const asking = (this.#asking = new AbortController());
    let found = 0;
    this.#tell({ is: "loading", searchedTo: this.#searchedTo });
    try {
      for (let pages = 0; this.#nextCursor !== null && found < pageRows; pages += 1) {
        if (pages === walkPagesMax) return this.#finish({ is: "stopped", searchedTo: this.#searchedTo });
        const cursor = this.#nextCursor;
        const page = await this.#ask(cursor, asking.signal);
        if (asking.signal.aborted) return;
        this.#nextCursor = page.nextCursor;
        found += this.#append(cursor, page);
        this.#tell({ is: "loading", searchedTo: this.#searchedTo });
      }
      this.#finish({ is: "idle" });
    } catch (error) {
      if (!asking.signal.aborted) this.#finish({ is: "failed", error });
    }
  }

  readonly stop = (): void => {
    if (!this.#asking) return;
    this.#asking.abort();
    this.#finish({ is: "stopped", searchedTo: this.#searchedTo });
  };

  /** Events that were told of, whether they are in the list or wait. */
  hear(events: readonly EventRow[]): void {
    for (const { seq } of events) this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  /** Puts events that arrived live, some of them late, where they belong. One that older pages will bring is left to them. Returns those that are new here. */
  insert(arrived: readonly EventRow[]): EventRow[] {
    this.hear(arrived);
    const added = arrived.filter((event) => {
      if (this.#ids.has(event.id) || this.#comesWithOlder(event)) return false;
      this.#place(event);
      return true;
    });
    if (added.length > 0) this.#tell(this.#state.older);
    return added;
  }

  /** Where the reader is, in slots: what was let go there is fetched again, what is far away is let go. */
  lookAt(from: number, to: number): void {
    this.#seen = { from, to };
    this.#fillSeen();
    this.#letGo(from - keptAroundRows, to + keptAroundRows, heldRowsMax);
  }

  #fillSeen(): void {
    const { from, to } = this.#seen;
    let start = 0;
    for (const stretch of this.#stretches) {
      if (start > to || this.#filling.size >= fillsMax) return;
      const end = start + stretch.count;
      if (!stretch.held && end > from && !this.#failed.has(stretch)) void this.#fill(stretch);
      start = end;
    }
  }

  readonly retryGaps = (): void => {
    const failed = [...this.#failed];
    this.#failed.clear();
    this.#gapError = undefined;
    this.#tell(this.#state.older);
    for (const stretch of failed) void this.#fill(stretch);
  };

  /** Nobody looks at it now: little is kept for when somebody returns. */
  rest(): void {
    this.#asking?.abort();
    if (this.#asking) this.#finish({ is: "idle" });
    this.#letGo(0, keptAroundRows, keptAroundRows);
  }

  #append(cursor: string | undefined, page: EventPage): number {
    const fresh = page.events.filter(({ id }) => !this.#ids.has(id));
    this.#searchedTo = page.searchedTo;
    this.#reach = page.searchedTo ?? page.events.at(-1)?.occurred_at ?? this.#reach;
    this.#keep(fresh);
    const [first, last] = [fresh[0], fresh.at(-1)];
    if (!first || !last) return 0;
    for (const event of fresh) this.#slots.push(event);
    this.#stretches.push({ cursor, count: fresh.length, held: true, first, last });
    return fresh.length;
  }

  #keep(events: readonly EventRow[]): void {
    for (const event of events) {
      this.#ids.add(event.id);
      if (event.operation_id === null || !isTerminal(event.status)) continue;
      const known = this.#ends.get(event.operation_id);
      if (!known || isBefore(event, known)) this.#ends.set(event.operation_id, { id: event.id, occurred_at: event.occurred_at });
    }
  }

  /** Only what has been searched through is complete here. */
  #comesWithOlder(event: EventRow): boolean {
    if (this.#nextCursor === null) return false;
    const last = this.#stretches.at(-1)?.last;
    if (last && isBefore(event, last)) return false;
    return this.#reach === null || event.occurred_at <= this.#reach;
  }

  #place(event: EventRow): void {
    this.#keep([event]);
    let start = 0;
    for (const [index, stretch] of this.#stretches.entries()) {
      if (isBefore(event, stretch.last) || index === this.#stretches.length - 1) {
        if (stretch.held) this.#slots.splice(placeFor(this.#slots, event, start, start + stretch.count), 0, event);
        else this.#slots.splice(start, 0, "gap");
        if (!stretch.held) this.#ids.delete(event.id);
        stretch.count += 1;
        if (isBefore(event, stretch.first)) stretch.first = event;
        if (isBefore(stretch.last, event)) stretch.last = event;
        return;
      }
      start += stretch.count;
    }
    this.#slots.push(event);
    this.#stretches.push({ cursor: undefined, count: 1, held: true, first: event, last: event });
  }

  async #fill(stretch: Stretch): Promise<void> {
    if (this.#filling.has(stretch)) return;
    this.#filling.add(stretch);
    try {
      // One more than was there: it is the first row of the stretch below, and so the proof that nothing came late into this one.
      const rows = Math.min(pageRowsMax, Math.max(pageRows, stretch.count) + 1);
      this.#refill(stretch, await this.#ask(stretch.cursor, new AbortController().signal, rows));
    } catch (error) {
      this.#failed.add(stretch);
      this.#gapError = error;
    }
    this.#filling.delete(stretch);
    this.#tell(this.#state.older);
    this.#fillSeen();
  }

  /** The answer may hold more than had been there, late events, or less than all of it: what is missing is a stretch of its own. */
  #refill(stretch: Stretch, page: EventPage): void {
    const index = this.#stretches.indexOf(stretch);
    const start = this.#stretches.slice(0, index).reduce((sum, { count }) => sum + count, 0);
    const boundary = this.#stretches[index + 1]?.first;
    const within = page.events.filter((event) => boundary === undefined || isBefore(event, boundary));
    const rows = within.filter(({ id }) => !this.#ids.has(id));
    const reachesEnd = boundary === undefined || page.nextCursor === null || within.length < page.events.length;
    if (boundary === undefined) this.#nextCursor = page.nextCursor;
    this.#keep(rows);
    const [first, last] = [rows[0], rows.at(-1)];
    const filled: Stretch[] = first && last ? [{ cursor: stretch.cursor, count: rows.length, held: true, first, last }] : [];
    const missing = reachesEnd ? 0 : Math.max(1, stretch.count - rows.length);
    if (missing > 0) filled.push({ cursor: page.nextCursor ?? undefined, count: missing, held: false, first: last ?? stretch.first, last: stretch.last });
    this.#stretches.splice(index, 1, ...filled);
    if (missing === 0 && rows.length === stretch.count) {
      // In their places: moving all that stands below would cost as much as there is of it.
      for (const [at, row] of rows.entries()) this.#slots[start + at] = row;
      return;
    }
    const rest = this.#slots.splice(start);
    for (const row of rows) this.#slots.push(row);
    for (let gap = 0; gap < missing; gap += 1) this.#slots.push("gap");
    for (let at = stretch.count; at < rest.length; at += 1) this.#slots.push(rest[at] ?? "gap");
  }

  #letGo(from: number, to: number, rowsMax: number): void {
    let held = this.#ids.size;
    if (held <= rowsMax) return;
    let start = 0;
    const far = this.#stretches.flatMap((stretch, index) => {
      const begin = start;
      start += stretch.count;
      const distance = Math.max(from - start, begin - to);
      const isPinned = index === 0 && stretch.count <= pinnedRowsMax;
      return stretch.held && distance > 0 && !isPinned ? [{ stretch, begin, distance }] : [];
    });
    if (far.length === 0) return;
    for (const { stretch, begin } of far.sort((a, b) => b.distance - a.distance)) {
      if (held <= rowsMax) break;
      for (let at = begin; at < begin + stretch.count; at += 1) {
        const slot = this.#slots[at];
        if (!isRow(slot)) continue;
        this.#ids.delete(slot.id);
        this.#slots[at] = isFolded(slot, this.#ends) ? "hidden gap" : "gap";
      }
      stretch.held = false;
      held -= stretch.count;
    }
    this.#tell(this.#state.older);
  }

  #finish(older: Asking): void {
    this.#asking = null;
    this.#tell(older);
  }

  #tell(older: Asking): void {
    this.#state = this.#stateWith(older);
    for (const listener of this.#listeners) listener();
  }

  #stateWith(older: Asking): ListState {
    return { slots: this.#slots, ends: this.#ends, older, isWhole: this.#nextCursor === null, gapError: this.#gapError };
  }
}

/** Whether an event only says that something began whose end stands above it. */
export function isFolded(event: EventRow, ends: ReadonlyMap<string, Place>): boolean {
  if (event.operation_id === null || isTerminal(event.status)) return false;
  const end = ends.get(event.operation_id);
  return end !== undefined && isBefore(end, event);
}

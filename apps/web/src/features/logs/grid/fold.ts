import type { EventRow } from "@daybook/event";
import { isFolded, isRow, type ListState, type Slot } from "./event-list.ts";

/** The list as it is shown: what began stands inside the row that ended it. */
export interface ShownRows {
  length: number;
  /** Undefined while a row that had been let go is fetched again. */
  at(index: number): EventRow | undefined;
  /** Where in the list of all events a shown row stands. */
  slotOf(index: number): number;
  indexOf(id: string): number;
  /** Whether a row stands inside the one above it, opened. */
  isInside(index: number): boolean;
  /** What stands inside the row of this event, newest first. */
  inside(id: string): readonly EventRow[];
  /** Events that have no row of their own now. */
  hidden: number;
}

export function everyRow(rows: ShownRows, holds: (row: EventRow) => boolean): boolean {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows.at(index);
    if (!row || !holds(row)) return false;
  }
  return true;
}

const none: readonly EventRow[] = [];

export function shownRows({ slots, ends }: Pick<ListState, "slots" | "ends">, fold: boolean, opened: ReadonlySet<string>): ShownRows {
  if (!fold || ends.size === 0) return plain(slots);
  const inside = new Map<string, number[]>();
  let hidden = 0;
  const isHidden = (slot: Slot): boolean => slot === "hidden gap" || (isRow(slot) && isFolded(slot, ends));
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at];
    if (slot === undefined || !isHidden(slot)) continue;
    hidden += 1;
    const end = isRow(slot) && slot.operation_id !== null ? ends.get(slot.operation_id) : undefined;
    if (!end) continue;
    const known = inside.get(end.id);
    if (known) known.push(at);
    else inside.set(end.id, [at]);
  }
  if (hidden === 0) return plain(slots);
  const order: number[] = [];
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at];
    if (slot === undefined || isHidden(slot)) continue;
    order.push(at);
    if (isRow(slot) && opened.has(slot.id)) order.push(...(inside.get(slot.id) ?? []));
  }
  return {
    ...over(slots, order),
    inside: (id) => inside.get(id)?.flatMap((at) => rowAt(slots, at) ?? []) ?? none,
    isInside: (index) => {
      const slot = slots[order[index] ?? -1];
      return slot !== undefined && isHidden(slot);
    },
    hidden: slots.length - order.length,
  };
}

const rowAt = (slots: readonly Slot[], at: number): EventRow | undefined => {
  const slot = slots[at];
  return isRow(slot) ? slot : undefined;
};

const plain = (slots: readonly Slot[]): ShownRows => ({ ...over(slots, null), inside: () => none, isInside: () => false, hidden: 0 });

function over(slots: readonly Slot[], order: readonly number[] | null): Pick<ShownRows, "length" | "at" | "slotOf" | "indexOf"> {
  const slotOf = (index: number): number => (order ? (order[index] ?? -1) : index);
  const length = order ? order.length : slots.length;
  return {
    length,
    slotOf,
    at: (index) => rowAt(slots, slotOf(index)),
    indexOf: (id) => {
      for (let index = 0; index < length; index += 1) if (rowAt(slots, slotOf(index))?.id === id) return index;
      return -1;
    },
  };
}

/** Where an event stands in a list. */
export interface Place {
  id: string;
  occurred_at: string;
}

/** Newest first; one instant holds many events, so the id breaks the tie, as the server does. Instants have one format, in which text sorts as time does. */
export function isBefore(a: Place, b: Place): boolean {
  return a.occurred_at === b.occurred_at ? a.id > b.id : a.occurred_at > b.occurred_at;
}

/** Where in a sorted stretch, `from` inclusive and `to` exclusive, an event is put. */
export function placeFor(list: readonly (Place | string)[], event: Place, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = list[middle];
    if (typeof there === "object" && isBefore(there, event)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the address of a list says: what is searched for, and which row is open. */
export interface InventorySearch {
  q?: string;
  open?: string;
}

const textLengthMax = 100;
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value.slice(0, textLengthMax) : undefined);

export function readInventorySearch(raw: Record<string, unknown>): InventorySearch {
  const [q, open] = [text(raw["q"]), text(raw["open"])];
  return { ...(q !== undefined && { q }), ...(open !== undefined && { open }) };
}

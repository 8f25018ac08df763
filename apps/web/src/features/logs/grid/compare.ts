import type { AuditEvent, Json } from "@daybook/event";

export interface Difference {
  path: string;
  left: string | undefined;
  right: string | undefined;
}

const depthMax = 12;

/** Fields in which two events differ, in the order of their names. Which event it is differs always, and says nothing. */
export function differences(left: AuditEvent, right: AuditEvent): Difference[] {
  const [one, other] = [leaves(left), leaves(right)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path) && path !== "id" && path !== "seq")
    .sort()
    .map((path) => ({ path, left: one.get(path), right: other.get(path) }));
}

/** Every value that holds no others, by its path. */
function leaves(event: AuditEvent): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: Json | undefined, path: string, depth: number): void => {
    if (value === null || value === undefined) return;
    if (typeof value !== "object" || depth === depthMax) return void found.set(path, typeof value === "string" ? value : JSON.stringify(value));
    for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}.${key}`, depth + 1);
  };
  const { changes, ...rest } = event;
  walk(rest as unknown as Json, "", 0);
  // Changed fields are known by their names, not by their places in a list.
  for (const { path, before, after } of changes?.fields ?? [])
    walk({ ...(before !== undefined && { before }), ...(after !== undefined && { after }) }, `changes.${path}`, 0);
  return found;
}

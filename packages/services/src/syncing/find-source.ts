import { sourceOf } from "@daybook/connectors";
import type { Source as SourceKind } from "@daybook/connectors";
import { Refusal } from "@daybook/event";
import { sources } from "@daybook/store";
import type { Source, Tx } from "@daybook/store";

/** The source, held until the end of the transaction. Another organization's and one that never was get the same answer. */
export async function lockSource(tx: Tx, organizationId: string, sourceId: string): Promise<Source> {
  const source = await sources.lock(tx, organizationId, sourceId);
  if (!source) throw noSuchSource();
  return source;
}

export const noSuchSource = () => new Refusal("not_found", "There is no such integration.");

export const sourceResource = ({ id, name }: Pick<Source, "id" | "name">) => ({ type: "source", id, name });

/** The kind of a stored source. Kinds are never taken away, so its absence is a broken assumption. */
export function kindOf({ kind }: Pick<Source, "kind">): SourceKind {
  const found = sourceOf(kind);
  if (!found) throw new Error(`no source kind is named ${kind}`);
  return found;
}

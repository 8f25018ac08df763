import type { Dialect, DialectOutcome } from "@daybook/connectors";
import { ingest } from "@daybook/services";
import type { AppendThrough, IngestItem, IngestResult, Platform } from "@daybook/services";
import type { Caller } from "../gate/authenticate.ts";
import type { Gate } from "../gate/gate.ts";

/** Takes the items of one request into the log: each for itself, or all together where the dialect knows no answer for some. */
export async function ingestDialect(
  platform: Platform,
  gate: Gate,
  caller: Caller,
  dialect: Pick<Dialect, "id" | "together">,
  items: readonly IngestItem[],
): Promise<DialectOutcome[]> {
  const through = gate.appendOf(items.length);
  let held = false;
  const allOrNone: AppendThrough = async (organizationId, accepted) => {
    if (accepted.length === items.length) return through(organizationId, accepted);
    // Nothing is stored; the results are still wanted, for what was refused and why.
    held = true;
    return accepted.map(({ event }) => ({ status: "created", id: event.id, seq: 0 }));
  };
  const results = await ingest(platform, caller.context, items, {
    append: dialect.together ? allOrNone : through,
    retentionDays: caller.retentionDays,
    source: caller.boundSource ?? dialect.id,
  });
  return results.map((result) => (held && result.status !== "refused" ? { status: "held" } : outcomeOf(result)));
}

function outcomeOf(result: IngestResult): DialectOutcome {
  return result.status === "refused" ? { status: "refused", error: result.error } : { status: result.status, id: result.id };
}

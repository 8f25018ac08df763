import { builtInRedactor, Refusal } from "@daybook/event";
import type { Redactor } from "@daybook/event";
import { redactionRules } from "@daybook/store";
import type { RedactionRule, Store, Tx } from "@daybook/store";
import type { Platform } from "../platform.ts";
import { compileRules } from "../redaction/compile-rules.ts";

/** How long a rule that another process changed may go unseen here. */
const staleAfterMs = 2_000;
/** After a change in this process nothing is remembered for as long as its transaction may take, so that it holds from its commit on. */
const settlesWithinMs = 30_000;
const organizationsRememberedMax = 1_000;

interface Remembered {
  readAt: number;
  redactor: Promise<Redactor>;
}

interface Memory {
  redactors: Map<string, Remembered>;
  /** Organizations whose rules change right now, and until when. */
  unsettled: Map<string, number>;
}

const memories = new WeakMap<Store, Memory>();

function memoryOf(store: Store): Memory {
  const memory = memories.get(store) ?? { redactors: new Map<string, Remembered>(), unsettled: new Map<string, number>() };
  memories.set(store, memory);
  return memory;
}

/**
 * The organization's redactor: the built-in rules and its own. Inside a transaction the rules are read on its connection: waiting there for another
 * one, while others wait alike, could use up the pool for good. What a transaction reads may never be committed, so it is not remembered.
 */
export async function redactorOf(platform: Platform, organizationId: string, tx?: Tx): Promise<Redactor> {
  const { store } = platform;
  const { redactors, unsettled } = memoryOf(store);
  const now = platform.now().getTime();
  const until = unsettled.get(organizationId);
  const settled = until === undefined || until < now;
  if (until !== undefined && settled) unsettled.delete(organizationId);
  const known = redactors.get(organizationId);
  if (known && settled && Math.abs(now - known.readAt) < staleAfterMs) return known.redactor;
  if (tx) return compiled(platform, await redactionRules.list(tx, organizationId));
  if (!settled) return compiled(platform, await redactionRules.list(store.of(organizationId), organizationId));
  const redactor = redactionRules.list(store.of(organizationId), organizationId).then((rows) => compiled(platform, rows));
  const remembered = { readAt: now, redactor };
  redactors.delete(organizationId);
  if (redactors.size >= organizationsRememberedMax)
    for (const [oldest] of redactors) if (redactors.size >= organizationsRememberedMax) redactors.delete(oldest);
  redactors.set(organizationId, remembered);
  // A failure is told to those who wait for it, and is nobody's later.
  redactor.catch(() => {
    if (redactors.get(organizationId) === remembered) redactors.delete(organizationId);
  });
  return redactor;
}

/** Called inside the transaction that changes the rules. */
export function forgetRedactor({ store, now }: Pick<Platform, "store" | "now">, organizationId: string): void {
  const { redactors, unsettled } = memoryOf(store);
  const at = now().getTime();
  redactors.delete(organizationId);
  for (const [settled, until] of unsettled) if (until < at) unsettled.delete(settled);
  unsettled.set(organizationId, at + settlesWithinMs);
}

/** A rule that this version cannot read is left out and told to the operator: it must not keep the others from holding. */
function compiled({ log }: Platform, rows: readonly RedactionRule[]): Redactor {
  const enabled = rows.filter((row) => row.enabled);
  if (enabled.length === 0) return builtInRedactor;
  const readable = enabled.filter((row) => {
    try {
      compileRules([row]);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.error({ organization: row.organizationId, rule: row.id }, "a redaction rule cannot be read and does not hold");
      return false;
    }
  });
  return compileRules(readable);
}

import type { EventInput, RefusalCode } from "@daybook/event";
import { Refusal } from "@daybook/event";
import type { KnownAction } from "@daybook/catalog";
import { includes, may } from "@daybook/policy";
import type { Feature, Grant, Target } from "@daybook/policy";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "./context.ts";
import { demandOwnStanding } from "./own-standing.ts";
import type { Platform } from "./platform.ts";
import { record } from "./record.ts";

/** What a change says of itself: everything of the event but its action, which the verb declares. */
export type Recorded = Omit<EventInput, "action">;

/** What has to be decided before a verb runs. */
export interface Guarded {
  /** `area.verb`, unique; denials and errors name it. */
  name: string;
  needs: Grant;
  /** `team`: the grant is asked for the team that the input's `teamId` names, so that its own admins pass. Default: the whole organization. */
  within?: "team";
  /** The feature of the plan that it belongs to; without one it is in every plan. */
  feature?: Feature;
}

/** `Raw` is what a caller may write: the input before its defaults. */
export interface ChangeDefinition<Input, Result, Raw = unknown> extends Guarded {
  records: KnownAction;
  /** It is told to other organizations too, so its transaction sees them. */
  acrossOrganizations?: true;
  input: z.ZodType<Input, Raw>;
  /** The event is written in the same transaction; `null` means that nothing changed and nothing is recorded. */
  run(tx: Tx, context: Context, input: Input, platform: Platform): Promise<{ result: Result; event: Recorded | null }>;
}

export interface ReadDefinition<Input, Result, Raw = unknown> extends Guarded {
  input: z.ZodType<Input, Raw>;
  run(platform: Platform, context: Context, input: Input): Promise<Result>;
}

export const defineChange = <Input, Result, Raw>(definition: ChangeDefinition<Input, Result, Raw>): ChangeDefinition<Input, Result, Raw> => definition;
export const defineRead = <Input, Result, Raw>(definition: ReadDefinition<Input, Result, Raw>): ReadDefinition<Input, Result, Raw> => definition;

/** Runs a change: grant, input, then the change and its event in one transaction. */
export async function perform<Input, Result>(platform: Platform, context: Context, change: ChangeDefinition<Input, Result>, input: unknown): Promise<Result> {
  await demand(platform, context, change, input);
  const parsed = parseInput(change.input, input);
  try {
    const work = async (tx: Tx) => {
      const { result, event } = await change.run(tx, context, parsed, platform);
      if (event) await record(platform, tx, context, { action: change.records, ...event });
      await demandOwnStanding(tx, context.viewer);
      return result;
    };
    return await (change.acrossOrganizations ? platform.store.platformTransaction(work) : platform.store.transaction(context.viewer.organizationId, work));
  } catch (error) {
    throw await denied(platform, context, change, error);
  }
}

export async function read<Input, Result>(platform: Platform, context: Context, definition: ReadDefinition<Input, Result>, input: unknown): Promise<Result> {
  await demand(platform, context, definition, input);
  const parsed = parseInput(definition.input, input);
  try {
    return await definition.run(platform, context, parsed);
  } catch (error) {
    throw await denied(platform, context, definition, error);
  }
}

const deniedBy: ReadonlySet<RefusalCode> = new Set(["forbidden", "not_in_plan"]);

/** Whom or what it concerns can matter as well: an admin may change members, but no owner. */
async function denied(platform: Platform, context: Context, verb: Guarded, error: unknown): Promise<unknown> {
  if (error instanceof Refusal && deniedBy.has(error.code)) await recordDenial(platform, context, verb, { code: error.code, reason: error.message });
  return error;
}

/**
 * A denial is an event of its own, written before the refusal is told: the first of each minute, for one who, verb and code. How many followed it is not
 * told: a number that is right would cost a write for each, and whoever is denied could fill the log.
 */
export async function demand(platform: Platform, context: Context, verb: Guarded, input?: unknown): Promise<void> {
  const decision = may(context.viewer, verb.needs, verb.within === "team" ? targetIn(input) : {});
  if (!decision.allowed) {
    const { code = "forbidden", reason } = decision;
    await recordDenial(platform, context, verb, { code, reason });
    throw new Refusal(code, reason);
  }
  if (verb.feature === undefined || context.viewer.kind === "daybook") return;
  const planned = includes(context.viewer.plan, verb.feature);
  if (planned.allowed) return;
  await recordDenial(platform, context, verb, { code: "not_in_plan", reason: planned.reason });
  throw new Refusal("not_in_plan", planned.reason);
}

/** The team that an input names, whatever else is wrong with it. */
function targetIn(input: unknown): Target {
  const { teamId } = (typeof input === "object" && input !== null ? input : {}) as { teamId?: unknown };
  return typeof teamId === "string" ? { teamId } : {};
}

async function recordDenial(platform: Platform, context: Context, verb: Guarded, { code, reason }: { code: RefusalCode; reason: string }): Promise<void> {
  const minute = platform.now().toISOString().slice(0, 16);
  const who = context.viewer.actor.id ?? context.viewer.actor.type;
  await platform.store.transaction(context.viewer.organizationId, (tx) =>
    record(platform, tx, context, {
      action: "access_denied",
      status: "failed",
      error: { code, message: reason },
      metadata: { verb: verb.name, grant: verb.needs },
      idempotency_key: `denied:${who}:${verb.name}:${code}:${minute}`,
    }),
  );
}

/** For what cannot be a change of one organization, and yet has an input. */
export function parseInput<Input>(schema: z.ZodType<Input>, input: unknown): Input {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    const nul = pathOf(parsed.data, (text) => text.includes("\u0000"));
    if (nul !== null) throw new Refusal("invalid", "The text holds the character U+0000, which cannot be stored.", nul.join(".") || undefined);
    const half = pathOf(parsed.data, (text) => !text.isWellFormed());
    if (half !== null) throw new Refusal("invalid", "The text holds half of a surrogate pair, which cannot be stored.", half.join(".") || undefined);
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  throw new Refusal("invalid", path ? `\`${path}\`: ${issue?.message}` : (issue?.message ?? "The request is not valid."), path || undefined);
}

/** Where a text, or the name of a field, is such that PostgreSQL has no place for it, or null. */
function pathOf(value: unknown, isBroken: (text: string) => boolean): string[] | null {
  if (typeof value === "string") return isBroken(value) ? [] : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const path = isBroken(key) ? [] : pathOf(member, isBroken);
    if (path !== null) return [key.replaceAll("\u0000", "").toWellFormed(), ...path];
  }
  return null;
}

import { builtInRules, diff, Refusal } from "@daybook/event";
import type { BuiltInRule } from "@daybook/event";
import { redactionRules } from "@daybook/store";
import type { RedactionRule } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";
import { compileRule, expressionLengthMax, patternSizesMax, sizeOf } from "./compile-rules.ts";
import { forgetRedactor } from "../activity/redaction.ts";

export const redactionRulesMax = 50;
/** Each is tried on every text of every event. */
export const patternRulesMax = 10;
const nameLengthMax = 60;

const name = z.string().trim().min(1).max(nameLengthMax);
const expression = z.string().min(1).max(expressionLengthMax);
const within = z.string().trim().min(1).max(expressionLengthMax).nullable();

export const ruleDraft = z.object({ name, kind: z.enum(["path", "key", "pattern"]), expression, within: within.default(null) });

export interface ShownRedactionRule {
  id: string;
  name: string;
  kind: RedactionRule["kind"];
  expression: string;
  within: string | null;
  enabled: boolean;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
}

export const listRedactionRules = defineRead({
  name: "redaction.list",
  needs: "redaction:read",
  input: z.object({}).optional(),
  async run({ store }, { viewer }): Promise<{ builtIn: readonly BuiltInRule[]; own: ShownRedactionRule[]; ownMax: number }> {
    const rows = await redactionRules.list(store.of(viewer.organizationId), viewer.organizationId);
    const own = rows.map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      expression: row.expression,
      within: row.within,
      enabled: row.enabled,
      createdBy: row.createdByName,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }));
    return { builtIn: builtInRules, own, ownMax: redactionRulesMax };
  },
});

export const createRedactionRule = defineChange({
  name: "redaction.create",
  needs: "redaction:write",
  feature: "redaction",
  records: "redaction_rule_created",
  input: ruleDraft.extend({ enabled: z.boolean().default(true) }),
  async run(tx, { viewer }, input, platform) {
    compileRule(input);
    const rows = await redactionRules.lockAll(tx, viewer.organizationId);
    if (rows.length >= redactionRulesMax)
      throw new Refusal("conflict", `There are ${redactionRulesMax} redaction rules already, which is as many as an organization can have.`);
    demandFreeName(rows, input.name);
    demandFewPatterns(rows, input);
    const id = newId(platform);
    await redactionRules.insert(tx, {
      ...input,
      organizationId: viewer.organizationId,
      id,
      within: input.kind === "pattern" ? input.within : null,
      position: (rows.at(-1)?.position ?? -1) + 1,
      createdBy: viewer.kind === "member" ? viewer.userId : null,
      createdByName: viewer.actor.name ?? viewer.actor.type,
      createdAt: platform.now(),
      updatedAt: platform.now(),
    });
    forgetRedactor(platform, viewer.organizationId);
    const { kind, within: place, enabled } = input;
    return {
      result: { id },
      event: { resource: { type: "redaction_rule", id, name: input.name }, metadata: { kind, expression: input.expression, within: place, enabled } },
    };
  },
});

export const updateRedactionRule = defineChange({
  name: "redaction.update",
  needs: "redaction:write",
  feature: "redaction",
  records: "redaction_rule_updated",
  input: z.object({
    ruleId: z.uuid(),
    name: name.optional(),
    kind: z.enum(["path", "key", "pattern"]).optional(),
    expression: expression.optional(),
    within: within.optional(),
    enabled: z.boolean().optional(),
  }),
  async run(tx, { viewer }, { ruleId, ...input }, platform) {
    const rows = await redactionRules.lockAll(tx, viewer.organizationId);
    const row = found(rows, ruleId);
    const before = { name: row.name, kind: row.kind, expression: row.expression, within: row.within, enabled: row.enabled };
    const wanted = { ...before, ...input };
    const after = { ...wanted, within: wanted.kind === "pattern" ? wanted.within : null };
    if (diff(before, after).length === 0) return { result: { changed: false }, event: null };
    compileRule(after);
    const others = rows.filter(({ id }) => id !== ruleId);
    demandFreeName(others, after.name);
    demandFewPatterns(others, after);
    await redactionRules.update(tx, viewer.organizationId, { id: ruleId, ...after, at: platform.now() });
    forgetRedactor(platform, viewer.organizationId);
    return { result: { changed: true }, event: { resource: { type: "redaction_rule", id: ruleId, name: after.name }, changes: { before, after } } };
  },
});

export const moveRedactionRule = defineChange({
  name: "redaction.move",
  needs: "redaction:write",
  feature: "redaction",
  records: "redaction_rule_updated",
  /** `to`: its place among the rules, from 0. */
  input: z.object({
    ruleId: z.uuid(),
    to: z
      .number()
      .int()
      .min(0)
      .max(redactionRulesMax - 1),
  }),
  async run(tx, { viewer }, { ruleId, to }, platform) {
    const rows = await redactionRules.lockAll(tx, viewer.organizationId);
    const row = found(rows, ruleId);
    const others = rows.filter(({ id }) => id !== ruleId);
    const ordered = [...others.slice(0, to), row, ...others.slice(to)];
    const before = rows.indexOf(row);
    const after = ordered.indexOf(row);
    if (before === after) return { result: { changed: false }, event: null };
    for (const [position, { id, position: was }] of ordered.entries()) {
      if (position !== was) await redactionRules.update(tx, viewer.organizationId, { id, position, at: platform.now() });
    }
    forgetRedactor(platform, viewer.organizationId);
    const changes = { before: { position: before + 1 }, after: { position: after + 1 } };
    return { result: { changed: true }, event: { resource: { type: "redaction_rule", id: ruleId, name: row.name }, changes } };
  },
});

export const deleteRedactionRule = defineChange({
  name: "redaction.delete",
  needs: "redaction:write",
  feature: "redaction",
  records: "redaction_rule_deleted",
  input: z.object({ ruleId: z.uuid() }),
  async run(tx, { viewer }, { ruleId }, platform) {
    const row = found(await redactionRules.lockAll(tx, viewer.organizationId), ruleId);
    await redactionRules.remove(tx, viewer.organizationId, ruleId);
    forgetRedactor(platform, viewer.organizationId);
    const { kind, expression: was, within: place, enabled } = row;
    return {
      result: {},
      event: { resource: { type: "redaction_rule", id: ruleId, name: row.name }, metadata: { kind, expression: was, within: place, enabled } },
    };
  },
});

function found(rows: readonly RedactionRule[], id: string): RedactionRule {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new Refusal("not_found", "There is no such redaction rule.");
  return row;
}

/** A hole tells the name of its rule, so it must be one rule's. */
function demandFreeName(rows: readonly RedactionRule[], wanted: string): void {
  const taken = rows.find((row) => row.name.toLowerCase() === wanted.toLowerCase());
  if (taken) throw new Refusal("conflict", `There is a redaction rule named "${taken.name}" already.`, "name");
}

function demandFewPatterns(rows: readonly RedactionRule[], wanted: Pick<RedactionRule, "kind" | "expression">): void {
  if (wanted.kind !== "pattern") return;
  const patterns = rows.filter(({ kind }) => kind === "pattern");
  if (patterns.length >= patternRulesMax)
    throw new Refusal(
      "conflict",
      `There are ${patternRulesMax} patterns already, which is as many as an organization can have. A path or a key takes out as well.`,
      "kind",
    );
  const left = patterns.reduce((rest, pattern) => rest - sizeOf(pattern), patternSizesMax);
  const size = sizeOf(wanted);
  if (size > left)
    throw new Refusal(
      "conflict",
      `The pattern has ${size} steps, and beside the other patterns there is room for ${Math.max(0, left)}. Smaller counts in braces, such as \`{1,50}\`, make it smaller.`,
      "expression",
    );
}

import type { ExactField, NumberField } from "../ast.ts";

/** Keys whose values are compared as texts. */
export const keyNames = [
  "action",
  "operation",
  "namespace",
  "status",
  "actor",
  "actor_type",
  "did_or_caused",
  "resource",
  "resource_type",
  "team",
  "ip",
  "source",
  "origin",
  "error",
  "operation_id",
  "session",
  "request",
  "import",
  "token",
  "id",
  "tag",
] as const;
export type KeyName = (typeof keyNames)[number];

export const numberKeys = ["duration", "rows", "seq"] as const;
export type NumberKey = (typeof numberKeys)[number];

/** Fields behind a key, any of which may hold. Keys that mean more than their fields say (`action`, `ip`, `tag`) have their rule in `to-query.ts`. */
export const keyFields: Record<KeyName, readonly ExactField[]> = {
  action: ["action"],
  operation: ["operation"],
  namespace: ["namespace"],
  status: ["status"],
  actor: ["did_or_caused", "actor.email", "actor.name"],
  actor_type: ["actor.type"],
  did_or_caused: ["did_or_caused"],
  resource: ["resource.name", "resource.id"],
  resource_type: ["resource.type"],
  team: ["team.id", "team.name"],
  ip: ["ip"],
  source: ["source"],
  origin: ["origin"],
  error: ["error.code"],
  operation_id: ["operation_id"],
  session: ["session_id"],
  request: ["request_id"],
  import: ["import_id"],
  token: ["token_id"],
  id: ["id"],
  tag: [],
};

export const numberKeyFields: Record<NumberKey, NumberField> = { duration: "duration_ms", rows: "rows", seq: "seq" };

/** The one query: plain data, so that it can be stored, compared, compiled to SQL, matched in memory and said in words. */

/** Fields whose values are compared for equality. */
export const exactFields = [
  "log_type",
  "action",
  "namespace",
  "operation",
  "status",
  "actor.id",
  "actor.type",
  "actor.email",
  "actor.name",
  "did_or_caused",
  "resource.type",
  "resource.id",
  "resource.name",
  "team.id",
  "origin",
  "source",
  "operation_id",
  "session_id",
  "request_id",
  "ip",
  "import_id",
  "id",
] as const;
export type ExactField = (typeof exactFields)[number];

/** Parts of the searched text that somebody may not learn of, not even by searching. */
export const textParts = ["actor.email", "ip", "description"] as const;
export type TextPart = (typeof textParts)[number];

export type Query =
  | { is: "everything" }
  | { is: "nothing" }
  | { is: "all"; of: Query[] }
  | { is: "any"; of: Query[] }
  | { is: "not"; of: Query }
  /** The field equals one of the values (any-of). Values compare exactly. */
  | { is: "equals"; field: ExactField; values: string[] }
  /** `from` inclusive, `to` exclusive, ISO 8601. */
  | { is: "occurred"; from?: string; to?: string }
  /** Every word stands somewhere in actor, action, resource, description or IP, without regard to case. `except`: what is not looked at. */
  | { is: "text"; words: string[]; except?: readonly TextPart[] };

export const everything: Query = { is: "everything" };
export const nothing: Query = { is: "nothing" };
export const allOf = (...of: Query[]): Query => ({ is: "all", of });
export const anyOf = (...of: Query[]): Query => ({ is: "any", of });
export const not = (of: Query): Query => ({ is: "not", of });
export const equals = (field: ExactField, ...values: string[]): Query => ({ is: "equals", field, values });
export const occurred = (range: { from?: string; to?: string }): Query => ({ is: "occurred", ...range });
export const text = (words: string[], except: readonly TextPart[] = []): Query => ({ is: "text", words, ...(except.length > 0 && { except }) });

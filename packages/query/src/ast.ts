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
  "team.name",
  "error.code",
  "origin",
  "source",
  "operation_id",
  "session_id",
  "request_id",
  "ip",
  "import_id",
  "token_id",
  "id",
] as const;
export type ExactField = (typeof exactFields)[number];

/** Parts of the searched text that somebody may not learn of, not even by searching. */
export const textParts = ["actor.email", "ip", "description"] as const;
export type TextPart = (typeof textParts)[number];

/** Fields that are compared as numbers; `rows` is the larger of what was returned and what was affected. */
export const numberFields = ["duration_ms", "rows", "rows_returned", "rows_affected", "seq"] as const;
export type NumberField = (typeof numberFields)[number];

/** Parts that an event has or has not. */
export const eventParts = [
  "changes",
  "metadata",
  "error",
  "ip",
  "user_agent",
  "resource",
  "team",
  "reason",
  "on_behalf_of",
  "operation_id",
  "session_id",
  "request_id",
  "duration",
  "rows",
  "redactions",
] as const;
export type EventPart = (typeof eventParts)[number];

export const comparisons = [">", ">=", "<", "<="] as const;
export type Comparison = (typeof comparisons)[number];

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
  /** The field fits one of the patterns, without regard to case; `*` stands for any run of characters, everything else for itself. */
  | { is: "like"; field: ExactField; patterns: string[] }
  /**
   * The IP address lies in one of the networks, in CIDR notation (RFC 4632, RFC 4291): `192.168.1.0/24`, `2001:db8::/32`. Version 4 written as version 6
   * (`::ffff:192.0.2.1`) is version 4, on both sides; what is no address lies in no network.
   */
  | { is: "network"; networks: string[] }
  | { is: "compare"; field: NumberField; op: Comparison; value: number }
  | { is: "has"; part: EventPart }
  /**
   * A changed field whose path is `path`, or ends in `.path` and holds no `@` (the dots of an e-mail address are no steps). Values compare as the text of
   * the scalar before and after, as those of metadata do.
   */
  | { is: "changed"; path: string; before?: string; after?: string }
  /**
   * The scalar at this dotted path of the metadata, or one of the scalars of the list there, reads as one of the values. Each step is one key of an object; a
   * key of the first level that equals the whole path counts as well. Numbers read without exponent and without zeros at their end.
   */
  | { is: "metadata"; path: string; values: string[] }
  /**
   * Every term begins a word of actor, action, resource, description or IP, without regard to case; with `anywhere` it may also stand within one. Words
   * are parted by ASCII characters that are neither letters nor digits, so a term may span several: `alice@company`, `created notebook "sales`.
   * `except`: what is not looked at.
   */
  | { is: "text"; words: string[]; except?: readonly TextPart[]; anywhere?: true };

export const everything: Query = { is: "everything" };
export const nothing: Query = { is: "nothing" };
export const allOf = (...of: Query[]): Query => ({ is: "all", of });
export const anyOf = (...of: Query[]): Query => ({ is: "any", of });
export const not = (of: Query): Query => ({ is: "not", of });
export const equals = (field: ExactField, ...values: string[]): Query => ({ is: "equals", field, values });
export const occurred = (range: { from?: string; to?: string }): Query => ({ is: "occurred", ...range });
export const text = (words: string[], except: readonly TextPart[] = []): Query => ({ is: "text", words, ...(except.length > 0 && { except }) });
export const like = (field: ExactField, ...patterns: string[]): Query => ({ is: "like", field, patterns });
export const network = (...networks: string[]): Query => ({ is: "network", networks });
export const compare = (field: NumberField, op: Comparison, value: number): Query => ({ is: "compare", field, op, value });
export const has = (part: EventPart): Query => ({ is: "has", part });
export const changed = (path: string, values: { before?: string; after?: string } = {}): Query => ({ is: "changed", path, ...values });
export const metadata = (path: string, ...values: string[]): Query => ({ is: "metadata", path, values });

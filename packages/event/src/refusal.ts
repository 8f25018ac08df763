/** Every way in which Daybook says no, with what a person can do about it. Both transports derive their answers from this table. */
export const refusalCodes = {
  malformed_json: { http: 400, meaning: "The text is not one valid JSON value." },
  invalid_event: { http: 422, meaning: "A field is missing, unknown, or of the wrong kind; `path` names it." },
  event_too_large: { http: 413, meaning: "The event is over a size limit: bytes, depth, keys, or the length of one string." },
  batch_too_large: { http: 413, meaning: "The request holds more bytes or more events than one request may." },
  unsafe_text: { http: 422, meaning: "A string holds a NUL character or half of a surrogate pair, which no database keeps faithfully." },
  unsafe_number: { http: 422, meaning: "A number would lose digits or is infinite; send it as a string." },
  duplicate_key: { http: 422, meaning: "An object names one key twice, so its meaning depends on the reader." },
  time_in_future: { http: 422, meaning: "The event's time is more than five minutes ahead of the server's clock." },
  time_out_of_range: { http: 422, meaning: "The event's time is not a real instant between the years 1970 and 9999." },
  older_than_retention: { http: 422, meaning: "The event is older than the organization keeps events." },
  idempotency_conflict: { http: 409, meaning: "The idempotency key was used before with other content." },
  unauthenticated: { http: 401, meaning: "No valid session or token came with the request." },
  forbidden: { http: 403, meaning: "The session or token does not hold the grant that this needs." },
  not_found: { http: 404, meaning: "There is no such thing in this organization." },
  conflict: { http: 409, meaning: "The current state does not allow this now." },
  invalid: { http: 400, meaning: "The request's parameters are not valid." },
  unsupported_media_type: { http: 415, meaning: "The body's content type or encoding is not one that is read here." },
  rate_limited: { http: 429, meaning: "Too many requests; `Retry-After` says when to come back." },
  unavailable: {
    http: 503,
    meaning: "The database is not reachable right now; nothing was stored. Send the same request again, with the same idempotency key.",
  },
} as const satisfies Record<string, { http: number; meaning: string }>;

export type RefusalCode = keyof typeof refusalCodes;

/** An expected no: a code that a client can switch on and a sentence that a person can act on. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  /** Dotted path of the offending field, where there is one. */
  readonly path: string | undefined;

  constructor(code: RefusalCode, message: string, path?: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

interface RefusalKind {
  http: number;
  meaning: string;
  /** What the one who was refused can do. */
  remedy: string;
  /** Whether the same request may succeed later. */
  again: boolean;
}

/** Every way in which Daybook says no. Both transports derive their answers from this table, and the page of errors is made of it. */
export const refusalCodes = {
  malformed_json: {
    http: 400,
    meaning: "The text is not one valid JSON value.",
    remedy: "The sentence names the place. Let a JSON library write the body; in NDJSON each line is one value.",
    again: false,
  },
  invalid_event: {
    http: 422,
    meaning: "A field is missing, unknown, or of the wrong kind; `path` names it.",
    remedy: "Correct the field. What has no field of its own belongs into `metadata`.",
    again: false,
  },
  event_too_large: {
    http: 413,
    meaning: "The event is over a size limit: bytes, depth, keys, or the length of one string.",
    remedy: "Keep the large part where it is and log a link or an id of it.",
    again: false,
  },
  batch_too_large: {
    http: 413,
    meaning: "The request holds more bytes or more events than one request may.",
    remedy: "Send fewer events at a time, or send them as NDJSON, which has no end that it must reach.",
    again: false,
  },
  unsafe_text: {
    http: 422,
    meaning: "A string holds a NUL character or half of a surrogate pair, which no database keeps faithfully.",
    remedy: "Remove the character, or send the bytes as base64.",
    again: false,
  },
  unsafe_number: {
    http: 422,
    meaning: "A number would lose digits or is infinite.",
    remedy: "Send it as a string.",
    again: false,
  },
  duplicate_key: {
    http: 422,
    meaning: "An object names one key twice, so its meaning depends on the reader.",
    remedy: "Name each key once.",
    again: false,
  },
  time_in_future: {
    http: 422,
    meaning: "The event's time is more than five minutes ahead of the server's clock.",
    remedy: "Set the producer's clock by NTP, or leave `occurred_at` out: then the time of receipt counts.",
    again: true,
  },
  time_out_of_range: {
    http: 422,
    meaning: "The event's time is not a real instant between the years 1970 and 9999.",
    remedy: "Send `occurred_at` as ISO 8601 with an offset, such as `2026-11-21T12:00:00.000Z`.",
    again: false,
  },
  older_than_retention: {
    http: 422,
    meaning: "The event is older than the organization keeps events.",
    remedy: "An owner can lengthen the retention; otherwise the event would be purged at once.",
    again: false,
  },
  idempotency_conflict: {
    http: 409,
    meaning: "The idempotency key was used before with other content.",
    remedy: "Use a new key for a new event, and the old key only with the very same content.",
    again: false,
  },
  unauthenticated: {
    http: 401,
    meaning: "No valid session or token came with the request.",
    remedy: "Sign in, or send a workspace token that is neither revoked nor expired, from a network that it may be used from.",
    again: false,
  },
  forbidden: {
    http: 403,
    meaning: "The session or token does not hold the grant that this needs.",
    remedy: "The sentence says who can do it or give the grant.",
    again: false,
  },
  second_factor_needed: {
    http: 403,
    meaning: "The organization asks for a second factor, and the session was opened without one.",
    remedy: "Turn a second factor on in your account, or sign in with a passkey or single sign-on.",
    again: false,
  },
  single_sign_on_needed: {
    http: 403,
    meaning: "The organization opens by single sign-on alone, and the session was opened another way.",
    remedy: "Sign in with the organization's single sign-on.",
    again: false,
  },
  sign_in_again: {
    http: 403,
    meaning: "The session no longer opens this organization, or never did.",
    remedy: "The sentence says why. Sign in again.",
    again: false,
  },
  not_in_plan: {
    http: 402,
    meaning: "The organization's plan does not include this.",
    remedy: "Whoever runs this Daybook can add the feature to the organization's plan.",
    again: false,
  },
  not_found: {
    http: 404,
    meaning: "There is no such thing in this organization.",
    remedy: "Check the id and the organization. What belongs to another organization is not told from what does not exist.",
    again: false,
  },
  conflict: {
    http: 409,
    meaning: "The current state does not allow this now.",
    remedy: "Look at the state again and decide anew.",
    again: true,
  },
  invalid: {
    http: 400,
    meaning: "The request's parameters are not valid.",
    remedy: "Correct the parameter that `path` names.",
    again: false,
  },
  unsupported_media_type: {
    http: 415,
    meaning: "The body's content type or encoding is not one that is read here.",
    remedy: "Send `application/json` or `application/x-ndjson`, plain or as gzip.",
    again: false,
  },
  rate_limited: {
    http: 429,
    meaning: "Too many requests.",
    remedy: "Wait for as many seconds as `Retry-After` says; send several events in one request.",
    again: true,
  },
  unavailable: {
    http: 503,
    meaning: "The database is not reachable right now, or too much is under way; nothing of this request was stored unless the answer counts it.",
    remedy: "Send the same request again, with the same idempotency key.",
    again: true,
  },
} as const satisfies Record<string, RefusalKind>;

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

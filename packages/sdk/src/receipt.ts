/** What became of one event. */
export type Receipt =
  /** Durable in the organization's log, at its place. */
  | { status: "created"; idempotencyKey: string; id: string; seq: number }
  /** It was there already: an earlier try arrived although its answer did not. */
  | { status: "duplicate"; idempotencyKey: string; id: string }
  /** Durable on this machine's disk; this process or the next one will send it, and nobody waits for the answer. */
  | { status: "spooled"; idempotencyKey: string }
  /** Not stored anywhere. `code` is the server's refusal code or a `ProblemCode` of this client. */
  | { status: "refused"; idempotencyKey: string; code: string; message: string; path?: string };

/** The receipt to come. Neither promise ever rejects, so both may be ignored. */
export type Logged = Promise<Receipt> & {
  /** Resolves to true when the event would survive the death of process and machine, to false when it is in memory only. */
  readonly spooled: Promise<boolean>;
};

/** What `onProblem` hears about besides the server's own refusal codes. */
export type ProblemCode =
  /** The value is not an event: it has no JSON form or no action. */
  | "invalid_event"
  /** Memory (and the spool, if there is one) is full: the event was dropped. */
  | "queue_full"
  /** The spool holds as many bytes as it may: events stay in memory only. */
  | "spool_full"
  /** The disk does not take the spool's lines: events stay in memory only. */
  | "spool_failed"
  /** A line of the spool is not whole: it was being written when the machine went down. */
  | "spool_torn"
  /** The server cannot be reached or is busy. Told once until it answers again; nothing is lost. */
  | "unreachable"
  /** The server answers, but not as Daybook does to a valid token. Told once until it does; the events are kept. */
  | "not_accepted"
  /** The client was closed before the server took the event. */
  | "unsent"
  /** `log()` after `close()`. */
  | "closed"
  /** A function for defaults threw: the event went without them. */
  | "defaults_failed"
  /** A mistake of this client. */
  | "internal";

export interface Problem {
  /** A `ProblemCode`, or the refusal code of the server. */
  code: ProblemCode | (string & {});
  /** A sentence a person can act on. Never holds the token. */
  message: string;
  /** The event that it is about, where it is about one. */
  event?: { action: string; idempotency_key: string };
  /** Dotted path of the offending field, where there is one. */
  path?: string;
}

import type { Executor } from "@daybook/store";

const dayMs = 86_400_000;
/** A session that nobody uses ends after this. */
const sessionIdleMs = 7 * dayMs;

export interface SessionUse {
  userId: string;
  /** When its person signed in. */
  beganAt: Date;
  /** When it is used: now. */
  at: Date;
}

/**
 * When a session ends unless it is used again: asked when it begins and again while it is used, so a rule that changes holds for sessions under way.
 * The one place that knows how long sessions last.
 */
export async function sessionLifetime(_db: Executor, { at }: SessionUse): Promise<Date> {
  return new Date(at.getTime() + sessionIdleMs);
}

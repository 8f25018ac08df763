import type { EventContext } from "@daybook/event";
import type { OpenedSession, Person, SignInKeys } from "@daybook/services";

/** A person who has proved who they are. */
export interface Session {
  id: string;
  person: Person;
}

/** What the rest of the API knows of signing in. Cookies travel as complete `Set-Cookie` values. */
export interface Auth {
  /** The session that the cookies prove, and the cookies that prolong it. Read from the database each time, so an end holds at once. */
  session(headers: Headers): Promise<{ session: Session; cookies: string[] } | null>;
  keys: SignInKeys;
  hashPassword(password: string): Promise<string>;
  /** The cookies of a session that `openSession` opened. */
  cookiesFor(session: Pick<OpenedSession, "token" | "expiresAt">): Promise<string[]>;
  /** Cookies that make the browser forget its session. */
  forgottenCookies(): Promise<string[]>;
  /** Opens a session for somebody whose password was just set. */
  signIn(credentials: { email: string; password: string }, headers: Headers, from: EventContext): Promise<string[]>;
}

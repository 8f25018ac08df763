import type { EventContext } from "@daybook/event";
import type { Person } from "@daybook/services";

/** A person who has proved who they are. */
export interface Session {
  id: string;
  person: Person;
}

/** What the rest of the API knows of signing in. Cookies travel as complete `Set-Cookie` values. */
export interface Auth {
  /** Serves one of the library's own endpoints. */
  handle(request: Request, from: EventContext): Promise<Response>;
  /** The session that the cookies prove, and the cookies that prolong it. */
  session(headers: Headers): Promise<{ session: Session; cookies: string[] } | null>;
  hashPassword(password: string): Promise<string>;
  /** Opens a session for somebody whose password was just set. */
  signIn(credentials: { email: string; password: string }, headers: Headers, from: EventContext): Promise<string[]>;
}

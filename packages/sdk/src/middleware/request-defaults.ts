import type { DefaultsSource, EventDefaults } from "../event.ts";
import { mergeDefaults } from "../defaults.ts";

/** What a middleware takes besides the client. */
export interface RequestOptions<Request> {
  /**
   * Who acts, in which session, for which team: asked at each `log()` of the request, so that it sees the user whom a later handler
   * signs in. What it returns wins over what the middleware reads from the request.
   */
  defaults?: (request: Request) => EventDefaults;
}

export interface RequestFacts {
  requestId: string | undefined;
  ip: string | undefined;
  userAgent: string | undefined;
}

/** A foreign header becomes an identifier of at most this many characters: letters, digits and `._:-`. */
const requestIdMax = 128;
const randomIdBytes = 16;

export function requestDefaults<Request>(request: Request, facts: RequestFacts, { defaults }: RequestOptions<Request>): DefaultsSource {
  const read: EventDefaults = {
    origin: "api",
    context: {
      request_id: requestIdOf(facts.requestId),
      ...(facts.ip && { ip: facts.ip }),
      ...(facts.userAgent && { user_agent: facts.userAgent.slice(0, userAgentMax) }),
    },
  };
  return defaults ? () => mergeDefaults(read, defaults(request) ?? {}) : read;
}

/** Longer ones are nobody's browser; the log would refuse the event for it beyond 16,384. */
const userAgentMax = 1_024;

/** The caller's request id if it is a plain one, else a new one: a header must not be able to spoil an event. */
function requestIdOf(given: string | undefined): string {
  if (given !== undefined && given.length <= requestIdMax && /^[A-Za-z0-9._:-]+$/.test(given)) return given;
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(randomIdBytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const firstOf = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

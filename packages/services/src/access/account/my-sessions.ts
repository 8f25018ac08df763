import { Refusal } from "@daybook/event";
import { sessions } from "@daybook/store";
import { z } from "zod";
import { defineAccountChange } from "./account-change.ts";

/** Ends one of one's other sessions. One's own is ended by signing out, which forgets the cookie as well. */
export const endMySession = defineAccountChange({
  name: "sessions.end",
  needs: "account:manage",
  records: "user_session_revoked",
  input: z.object({ id: z.uuid() }),
  prepare: async (_platform, _account, input) => input,
  async run(tx, { person, sessionId }, { id }) {
    if (id === sessionId) throw new Refusal("conflict", "This is the session that you are in. Sign out to end it.");
    const ended = await sessions.end(tx, { id, userId: person.id });
    if (!ended) throw new Refusal("not_found", "You have no such session: it has ended already.");
    return {
      result: { id },
      event: {
        related_resources: [{ type: "session", id }],
        metadata: {
          ...(ended.ipAddress !== null && { session_ip: ended.ipAddress }),
          ...(ended.userAgent !== null && { session_user_agent: ended.userAgent }),
        },
      },
    };
  },
});

export const endMyOtherSessions = defineAccountChange({
  name: "sessions.endOthers",
  needs: "account:manage",
  records: "user_sessions_revoked",
  input: z.object({}),
  prepare: async (_platform, _account, input) => input,
  async run(tx, { person, sessionId }, _ready, platform) {
    const ended = await sessions.endAll(tx, person.id, { at: platform.now(), but: sessionId });
    return { result: { ended }, event: ended === 0 ? null : { counts: { sessions: ended } } };
  },
});

import { credentials, passkeys, secondFactors, sessions } from "@daybook/store";
import type { SessionRow, SignInMethod } from "@daybook/store";
import type { Viewer } from "@daybook/policy";
import { z } from "zod";
import { defineRead } from "../../verb.ts";
import { provedThemselves } from "../own-proof.ts";

const sessionsShownMax = 100;

/** How one signs in oneself. No secret of it. */
export interface MyAccount {
  /** False for who came in by single sign-on: they see their session and nothing else of the account. */
  proved: boolean;
  hasPassword: boolean;
  twoFactor: { enabledAt: string | null; recoveryCodesLeft: number };
  passkeys: { id: string; name: string; createdAt: string; lastUsedAt: string | null; backedUp: boolean }[];
  sessions: MySession[];
}

export interface MySession {
  id: string;
  isThisOne: boolean;
  userAgent: string | null;
  ip: string | null;
  method: SignInMethod;
  beganAt: string;
  lastActiveAt: string;
  /** Attempts that had failed before this sign-in. */
  failedBefore: { count: number; lastAt: string | null };
}

const userOf = (viewer: Viewer): string => {
  if (viewer.kind !== "member") throw new Error("only members hold account:manage");
  return viewer.userId;
};

export const readMyAccount = defineRead({
  name: "account.get",
  needs: "account:manage",
  input: z.object({}).optional(),
  async run({ store, now }, { viewer, request }): Promise<MyAccount> {
    const userId = userOf(viewer);
    const db = store.platform;
    if (!provedThemselves(viewer)) {
      const session = request.session_id === undefined ? null : await sessions.find(db, request.session_id);
      const own = session?.userId === userId ? [shown(session, session.id)] : [];
      return { proved: false, hasPassword: false, twoFactor: { enabledAt: null, recoveryCodesLeft: 0 }, passkeys: [], sessions: own };
    }
    const [hash, factor, codesLeft, keys, open] = await Promise.all([
      credentials.passwordHashOf(db, userId),
      secondFactors.find(db, userId),
      secondFactors.recoveryCodesLeft(db, userId),
      passkeys.listOf(db, userId),
      sessions.listOf(db, userId, { at: now(), limit: sessionsShownMax }),
    ]);
    return {
      proved: true,
      hasPassword: hash !== null,
      twoFactor: { enabledAt: factor?.confirmedAt?.toISOString() ?? null, recoveryCodesLeft: codesLeft },
      passkeys: keys.map(({ id, name, createdAt, lastUsedAt, backedUp }) => ({
        id,
        name,
        backedUp,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
      sessions: open.map((session) => shown(session, request.session_id)),
    };
  },
});

const shown = (session: SessionRow, current: string | undefined): MySession => ({
  id: session.id,
  isThisOne: session.id === current,
  userAgent: session.userAgent,
  ip: session.ipAddress,
  method: session.method,
  beganAt: session.createdAt.toISOString(),
  lastActiveAt: session.updatedAt.toISOString(),
  failedBefore: { count: session.failedBefore, lastAt: session.lastFailedAt?.toISOString() ?? null },
});

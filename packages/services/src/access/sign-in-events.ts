import type { EventContext } from "@daybook/event";
import { members } from "@daybook/store";
import { asDaybook } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { actingMember, parseRole } from "./viewers.ts";

type SignIn = "user_logged_in" | "user_logged_out";

/** Writes that a person came or went into the log of every organization they belong to. */
export async function recordSession(platform: Platform, action: SignIn, { userId, request }: { userId: string; request: EventContext }): Promise<void> {
  const user = await members.findUser(platform.store.platform, userId);
  if (!user) return;
  const organizations = await members.organizationsOf(platform.store.platform, userId);
  await platform.store.platformTransaction(async (tx) => {
    for (const organization of organizations) {
      if (organization.demo) continue;
      const context: Context = {
        viewer: actingMember({ organizationId: organization.id, role: parseRole(organization.role), person: user }),
        origin: "interface",
        request,
      };
      await record(platform, tx, context, { action, resource: { type: "user", id: userId, name: user.email } });
    }
  });
}

const signInFailures = {
  wrong_password: { code: "invalid_credentials", message: "The password was wrong." },
  rate_limited: { code: "rate_limited", message: "Too many attempts; the password was not looked at." },
} as const;

export interface FailedSignIn {
  email: string;
  request: EventContext;
  /** Absent: the password was wrong. */
  reason?: keyof typeof signInFailures;
}

/**
 * A failed sign-in is told to the organizations of the account it was tried on; an unknown address concerns none of them, and answers alike.
 * Attempts that were turned away unseen collapse into one event a minute, so that guessing cannot flood the log.
 */
export async function recordFailedSignIn(platform: Platform, { email, request, reason = "wrong_password" }: FailedSignIn): Promise<void> {
  const user = await members.findUserByEmail(platform.store.platform, email);
  if (!user) return;
  const organizations = await members.organizationsOf(platform.store.platform, user.id);
  await platform.store.platformTransaction(async (tx) => {
    for (const organization of organizations) {
      if (organization.demo) continue;
      const context: Context = { ...asDaybook(organization.id), origin: "interface", request };
      await record(platform, tx, context, {
        action: "user_login_failed",
        status: "failed",
        actor: { type: "anonymous", name: "Anonymous" },
        resource: { type: "user", id: user.id, name: user.email },
        error: signInFailures[reason],
        ...(reason === "rate_limited" && { idempotency_key: `sign_in_limited:${user.id}:${platform.now().toISOString().slice(0, 16)}` }),
      });
    }
  });
}

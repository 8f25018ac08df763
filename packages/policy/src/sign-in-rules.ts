import { includes } from "./may.ts";
import type { Plan } from "./plan.ts";
import type { MemberViewer, Role, SignedIn } from "./viewer.ts";

/** What an organization demands of a session before it opens. */
export interface SignInRules {
  requireTwoFactor: boolean;
  /** Passwords do not open it. */
  ssoOnly: boolean;
  /** Age after which a session no longer opens it; null sets no limit. */
  sessionHoursMax: number | null;
}
export const noSignInRules: SignInRules = { requireTwoFactor: false, ssoOnly: false, sessionHoursMax: null };

/** Why a session does not open an organization in which its person is a member. The person can mend it, so they are told how. */
export type Bar = NonNullable<MemberViewer["barred"]>;

const hourMs = 3_600_000;

/** A password alone is weak. A provider is trusted to ask for what its organization wants. */
const isStrong = ({ method }: Pick<SignedIn, "method">): boolean => method !== "password";

/**
 * Owners may come in without the provider, so that its failure locks nobody out for ever, but not with a password alone. Where the plan has no single
 * sign-on, nobody is sent to it.
 */
export function barOf(rules: SignInRules, session: SignedIn, { role, plan, now }: { role: Role; plan: Plan; now: Date }): Bar | null {
  const { sessionHoursMax: hours } = rules;
  if (hours !== null && now.getTime() - Date.parse(session.at) > hours * hourMs)
    return { code: "sign_in_again", reason: `This organization asks for a new sign-in after ${hours} ${hours === 1 ? "hour" : "hours"}. Sign in again.` };
  const viaProvider = session.method === "single_sign_on";
  if (viaProvider && !session.providerEnabled)
    return { code: "sign_in_again", reason: "The provider that you signed in with is turned off. Sign in another way." };
  if (rules.ssoOnly && !viaProvider && includes(plan, "single_sign_on").allowed) {
    if (role !== "owner") return { code: "single_sign_on_needed", reason: "This organization opens by single sign-on alone. Sign in with it." };
    if (!isStrong(session))
      return {
        code: "second_factor_needed",
        reason: "This organization opens by single sign-on. An owner may also come in with a passkey, or with the password and a second factor.",
      };
  }
  if (rules.requireTwoFactor && !isStrong(session) && !session.hasSecondFactor)
    return {
      code: "second_factor_needed",
      reason: "This organization asks for a second factor. Turn one on in your account, or sign in with a passkey or single sign-on.",
    };
  return null;
}

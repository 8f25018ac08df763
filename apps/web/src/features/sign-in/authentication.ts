import { passkeyAnswer, type PasskeyQuestion } from "./passkey-browser.ts";

/** Signing in and out is not tRPC: before there is a session, the server's front door has addresses of its own. */

export interface FailedBefore {
  count: number;
  lastAt: string;
}

export type Refused = { outcome: "refused" | "start_again" | "too_many" | "unreachable" | "given_up" } | { outcome: "locked"; seconds: number };

export type SignInResult = { outcome: "signed_in"; failed: FailedBefore | null } | { outcome: "second_factor" } | Refused;

interface Reply {
  status: number;
  body: { outcome?: string; [name: string]: unknown };
}

async function post(path: string, body: unknown): Promise<Reply> {
  try {
    const response = await fetch(`/api/auth/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as Reply["body"] };
  } catch {
    return { status: 0, body: {} };
  }
}

function resultOf({ status, body }: Reply): SignInResult {
  const { outcome } = body;
  if (outcome === "signed_in") return { outcome, failed: (body["failed"] as FailedBefore | null | undefined) ?? null };
  if (outcome === "locked") return { outcome, seconds: Number(body["seconds"]) };
  if (outcome === "second_factor" || outcome === "start_again") return { outcome };
  if (status === 429) return { outcome: "too_many" };
  return { outcome: status === 0 || status >= 500 ? "unreachable" : "refused" };
}

export const signIn = async (email: string, password: string): Promise<SignInResult> => resultOf(await post("sign-in/email", { email, password }));

export const showSecondFactor = async (shown: { code: string } | { recoveryCode: string }): Promise<SignInResult> =>
  resultOf(await post("sign-in/second-factor", shown));

/** `given_up`: the person closed the browser's question, or has no passkey here. The browser does not say which. */
export async function signInWithPasskey(): Promise<SignInResult> {
  const asked = await post("sign-in/passkey/options", {});
  if (asked.status !== 200) return resultOf(asked);
  const response = await passkeyAnswer(asked.body as unknown as PasskeyQuestion);
  return response === null ? { outcome: "given_up" } : resultOf(await post("sign-in/passkey", { response }));
}

export async function signOut(): Promise<boolean> {
  const { status } = await post("sign-out", {});
  return (status >= 200 && status < 300) || status === 401;
}

/** What the server said when it did not do it; null when it did. */
const sentenceOf = ({ status, body }: Reply): string | null => {
  if (status >= 200 && status < 300) return null;
  return status === 0 || status >= 500
    ? "The server cannot be reached. Try again."
    : typeof body["detail"] === "string"
      ? body["detail"]
      : "The server refused.";
};

export const askForReset = async (email: string): Promise<string | null> => sentenceOf(await post("password/forgot", { email }));

export const resetPassword = async (token: string, password: string): Promise<string | null> => sentenceOf(await post("password/reset", { token, password }));

/** Signing in and out is the one thing that is not tRPC: these are the endpoints of the authentication library. */

export type SignInResult = "signed_in" | "refused" | "too_many" | "unreachable";

async function post(path: string, body: unknown): Promise<number> {
  try {
    const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return response.status;
  } catch {
    return 0;
  }
}

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const status = await post("/api/auth/sign-in/email", { email, password });
  if (status >= 200 && status < 300) return "signed_in";
  if (status === 429) return "too_many";
  return status === 0 || status >= 500 ? "unreachable" : "refused";
}

export async function signOut(): Promise<boolean> {
  const status = await post("/api/auth/sign-out", {});
  return (status >= 200 && status < 300) || status === 401;
}

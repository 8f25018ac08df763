/** Where an address leads to, as the server tells it before anybody is signed in. */
export type FoundWays = { kind: "none" | "several_organizations" | "too_many" | "unreachable" } | { kind: "providers"; ways: { name: string; url: string }[] };

const startPath = "/api/auth/oidc/start";

export const startAddress = (organization: string, next: string): string => `${startPath}?${new URLSearchParams({ organization, next }).toString()}`;

export async function findWays(email: string, next: string): Promise<FoundWays> {
  try {
    const response = await fetch("/api/auth/oidc/find", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, next }),
    });
    if (response.status === 429) return { kind: "too_many" };
    return response.ok ? ((await response.json()) as FoundWays) : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

import type { Resource } from "@daybook/event";
import type { WorkspaceToken } from "@daybook/store";

type Named = Pick<WorkspaceToken, "id" | "kind" | "name">;

/** A token as events name it: rotated or not, it stays the same thing. */
export const tokenResource = ({ id, kind, name }: Named): Resource => ({ type: kind === "member_key" ? "member_key" : "api_token", id, name });

type Stated = Pick<WorkspaceToken, "scopes" | "expiresAt" | "allowedCidrs" | "source">;

/** What a token may do, as events tell it. Nothing of its text is in it. */
export const tokenState = ({ scopes, expiresAt, allowedCidrs, source }: Stated) => ({
  scopes: [...scopes],
  expires_at: expiresAt?.toISOString() ?? null,
  allowed_cidrs: [...allowedCidrs],
  source,
});

/** What its revocation tells: what it could do until now. */
export const revocation = (token: Stated) => ({
  changes: { before: { revoked: false }, after: { revoked: true } },
  metadata: { ...tokenState(token) },
});

export * from "./authenticate-token.ts";
export { createToken } from "./create-token.ts";
export { insertToken } from "./insert-token.ts";
export { hintsOf, listTokens } from "./list-tokens.ts";
export type { FormerSecret, TokenHint, TokenState, TokenView, WorkspaceTokenView } from "./list-tokens.ts";
export * from "./member-keys.ts";
export { revokeToken } from "./revoke-token.ts";
export { rotateToken } from "./rotate-token.ts";
export { updateToken } from "./update-token.ts";

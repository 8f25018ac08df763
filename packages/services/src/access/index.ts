export * from "./memberships.ts";
export * from "./set-up.ts";
export * from "./sign-in-events.ts";
export { authenticateToken, createToken, insertToken, listTokens, mayComeFrom, revokeToken } from "./tokens.ts";
export type { TokenHolder } from "./tokens.ts";
export { isTokenText } from "./token-text.ts";
export * from "./viewers.ts";

export { performOnAccount } from "./account-change.ts";
export type { Account, AccountChange } from "./account-change.ts";
export * from "./my-account.ts";
export * from "./my-sessions.ts";
export * from "./passkeys.ts";
export * from "./password.ts";
export * from "./profile.ts";
export * from "./revoke-member-sessions.ts";
export * from "./two-factor.ts";

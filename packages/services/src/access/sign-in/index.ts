export { addressSubject, recordFailedSignIn } from "./attempts.ts";
export { keepSession } from "./keep-session.ts";
export * from "./keys.ts";
export * from "./open-session.ts";
export * from "./password-reset.ts";
export { recordOfPerson } from "./person-events.ts";
export { sessionLifetime } from "./session-lifetime.ts";
export * from "./sign-in.ts";
export { turnOffTwoFactor } from "./turn-off-two-factor.ts";

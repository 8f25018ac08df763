/**
 * Door 2: the only sockets that Daybook opens to the outside; so far, mail. It sends what it is handed and says what the other side answered.
 * It will never know why something is sent, nor what to do about a refusal.
 */
export * from "./mail.ts";

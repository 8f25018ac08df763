/**
 * Door 2: the only sockets that Daybook opens to the outside; mail, and HTTP requests to servers that a tenant named. It sends what it is handed and says what the other side answered.
 * It will never know why something is sent, nor what to do about a refusal.
 */
export { parseAddress } from "./address.ts";
export { answerBytesMax, openHttpDoor } from "./http-door.ts";
export type { HttpDoor } from "./http-door.ts";
export * from "./mail.ts";
export { OutboundFailure } from "./outbound-failure.ts";
export type { OutboundCode } from "./outbound-failure.ts";

export { deliverMail, deliverMailQueue } from "./deliver-mail.ts";
export * from "./mailbox.ts";
export * from "./queue-mail.ts";
export { recipientList } from "./recipients.ts";
export { secretLinkPlace } from "./secret-link.ts";

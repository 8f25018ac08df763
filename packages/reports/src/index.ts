/**
 * What the mails say: the arithmetic of a digest, the weeks that reports cover, and the templates that turn both into a mail.
 * It will never know who may see which event, nor how a mail is sent: it receives numbers that its recipients may see.
 */
export * from "./define-report.ts";
export * from "./digest.ts";
export * from "./links.ts";
export * from "./period.ts";
export * from "./render.ts";
export * from "./templates/index.ts";

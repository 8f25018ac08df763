/** Fields of an event that a viewer may be shown masked. */
export const maskedFields = ["actor.email", "context.ip", "context.user_agent", "changes", "metadata", "raw"] as const;
export type MaskedField = (typeof maskedFields)[number];

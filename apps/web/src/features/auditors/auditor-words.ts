import type { MaskedField } from "@daybook/policy";
import type { inferOutput, Trpc } from "../../trpc.ts";

export type AuditorGrant = inferOutput<Trpc["auditors"]["list"]>["lasting"][number];
export type OwnGrant = inferOutput<Trpc["auditors"]["mine"]>[number];

/** Fields that a grant can hide, as people call them. */
export const fieldWords: Record<MaskedField, string> = {
  "actor.email": "E-mail addresses",
  "context.ip": "IP addresses",
  "context.user_agent": "Browsers and devices",
  changes: "What changed, before and after",
  metadata: "Details from the sender",
  raw: "Original records of imports",
};

/** Hidden fields within a sentence. */
export const hiddenInWords = (fields: readonly string[]): string =>
  fields.map((field) => hiddenWords(field).replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())).join(", ");

const hiddenWords = (field: string): string =>
  field in fieldWords ? fieldWords[field as MaskedField] : field === "description" ? "The sender's sentence" : field;

/** What a new grant asks its auditor to accept, to begin with. */
export const usualTerms =
  "I use what I read here for this audit alone, show it to nobody who does not work on it, and delete copies when it ends. I know that each of my reads is recorded.";

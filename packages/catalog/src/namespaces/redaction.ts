import { defineEvents } from "../define-events.ts";
import { changed, choice, required, text } from "../details.ts";

const rule = {
  "metadata.kind": required(choice("What it looks at", "path", "key", "pattern")),
  "metadata.expression": required(text("The path, key or pattern", "metadata.customer.*.email")),
} as const;

export const redaction = defineEvents({
  id: "redaction",
  title: "Redaction",
  sample: { type: "redaction_rule", name: "Customers' e-mail" },
  events: {
    redaction_rule_created: {
      title: "Redaction rule created",
      sentence: "Created redaction rule {resource}",
      operation: "created",
      details: rule,
      scope: "organization",
      severity: "critical",
    },
    redaction_rule_updated: {
      title: "Redaction rule changed",
      sentence: "Changed redaction rule {resource}",
      operation: "updated",
      details: { "changes.enabled": changed("Whether it is on", true, false) },
      scope: "organization",
      severity: "critical",
    },
    redaction_rule_deleted: {
      title: "Redaction rule deleted",
      sentence: "Deleted redaction rule {resource}",
      operation: "deleted",
      details: rule,
      scope: "organization",
      severity: "critical",
    },
  },
});

import { builtInRules } from "@daybook/event";
import type { inferOutput, Trpc } from "../trpc.ts";

type Listed = inferOutput<Trpc["redaction"]["list"]>;

const made = { createdBy: "Alice Chen", createdAt: "2026-11-03T09:00:00.000Z", updatedAt: "2026-11-03T09:00:00.000Z" };
const own: Listed["own"] = [
  { id: "rr_1", name: "Customers' e-mail", kind: "path", expression: "metadata.customer.*.email", within: null, enabled: true, ...made },
  { id: "rr_2", name: "Bank accounts", kind: "key", expression: "iban", within: null, enabled: true, ...made },
  { id: "rr_3", name: "Ticket numbers", kind: "pattern", expression: "\\bT-\\d{4}\\b", within: "metadata.**.note", enabled: false, ...made },
];

export const noOwnRules: Listed = { builtIn: [...builtInRules], own: [], ownMax: 50 };

export const fakeRedactionAnswers = (): Record<string, () => unknown> => ({
  "redaction.list": () => ({ ...noOwnRules, own }) satisfies Listed,
  "redaction.test": () =>
    ({
      tried: 100,
      events: [
        {
          id: "01930000-0000-7000-8000-000000000420",
          occurredAt: "2026-11-20T12:03:10.245Z",
          action: "dashboard_exported",
          description: "Exported dashboard Quarterly numbers",
          holes: [
            { path: "metadata.note", before: "see T-1234 and T-9876", after: "see [REDACTED] and [REDACTED]" },
            { path: "metadata.customer.a.email", before: "bob@example.com", after: "[REDACTED]" },
          ],
          holesTotal: 4,
          tooMuchWork: false,
        },
        {
          id: "01930000-0000-7000-8000-000000000419",
          occurredAt: "2026-11-20T11:03:10.245Z",
          action: "notebook_edited",
          description: "Edited notebook Churn",
          holes: [{ path: "changes.fields.0.before", before: "T-1000", after: "[REDACTED]" }],
          holesTotal: 1,
          tooMuchWork: true,
        },
      ],
    }) satisfies inferOutput<Trpc["redaction"]["test"]>,
  "redaction.create": () => ({ id: "rr_4" }),
  "redaction.update": () => ({ changed: true }),
  "redaction.move": () => ({ changed: true }),
  "redaction.delete": () => ({}),
});

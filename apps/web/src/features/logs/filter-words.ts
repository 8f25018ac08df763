import type { Status } from "@daybook/event";
import { inWords } from "../../ui/numbers.ts";
import { statusLooks } from "../../ui/status-mark.tsx";
import type { Chip, ListField } from "./logs-search.ts";

export const fieldNames: Record<Chip["name"], string> = {
  q: "Text",
  action: "Action",
  actor: "Actor",
  actor_type: "Actor type",
  resource: "Resource",
  resource_type: "Resource type",
  status: "Status",
  operation: "Operation",
  namespace: "Namespace",
  team: "Team",
  operation_id: "Operation ID",
  import_id: "Import",
};

/** The nine verbs an administrator filters by. */
export const operations = ["created", "updated", "deleted", "viewed", "executed", "cancelled", "shared", "revoked", "promoted"] as const;

const isStatus = (value: string): value is Status => value in statusLooks;

export function valueWords(name: Chip["name"] | ListField, value: string, label?: string): string {
  if (label) return label;
  if (name === "status" && isStatus(value)) return statusLooks[value].label;
  return name === "operation" || name === "actor_type" || name === "resource_type" || name === "action" || name === "namespace" ? inWords(value) : value;
}

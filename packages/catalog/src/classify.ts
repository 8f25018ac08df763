import type { LogType } from "@daybook/event";
import type { EventDefinition, Operation } from "./define-events.ts";
import { namespaces } from "./namespaces/index.ts";

const known = new Map<string, EventDefinition & { namespace: string }>();
for (const namespace of namespaces) {
  for (const [action, definition] of Object.entries(namespace.events) as [string, EventDefinition][]) {
    known.set(action, { ...definition, namespace: namespace.id });
  }
}

export const definitionOf = (action: string): (EventDefinition & { namespace: string }) | undefined => known.get(action);

/** What the catalog says of an action; an action that nobody defined is read from its own words, never refused. */
export function classify(action: string): { namespace: string; operation: string; logType: LogType } {
  const definition = known.get(action);
  if (definition) return { namespace: definition.namespace, operation: definition.operation, logType: definition.logType ?? "activity" };
  const words = wordsOf(action);
  return { namespace: words.length > 1 ? (words[0] ?? action) : "custom", operation: operationOf(words), logType: "activity" };
}

/** The words of a machine key: `iam:CreateUser` is iam, create, user. */
export const wordsOf = (action: string): string[] =>
  action
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

const classes: Record<Exclude<Operation, "other">, string[]> = {
  created: ["created", "create", "added", "add", "inserted", "insert", "invited", "generated", "uploaded", "registered"],
  updated: ["updated", "update", "edited", "changed", "change", "modified", "modify", "renamed", "moved", "assigned", "enabled", "disabled", "set", "put"],
  deleted: ["deleted", "delete", "removed", "remove", "archived", "purged", "destroyed", "dropped"],
  viewed: ["viewed", "view", "read", "accessed", "opened", "listed", "get", "list", "describe"],
  executed: ["executed", "run", "ran", "triggered", "restarted", "queried"],
  cancelled: ["cancelled", "canceled", "aborted", "stopped"],
  shared: ["shared", "share", "published"],
  revoked: ["revoked", "revoke", "denied", "suspended"],
  promoted: ["promoted", "promote"],
  granted: ["granted", "grant", "approved"],
  exported: ["exported", "export", "downloaded", "download"],
  imported: ["imported", "import"],
  authenticated: ["authenticated", "login", "logout", "signin", "logged"],
  started: ["started", "begun"],
  completed: ["completed", "finished", "ended", "succeeded", "sent", "delivered"],
  failed: ["failed", "rejected", "errored"],
};
const operationByWord = new Map(Object.entries(classes).flatMap(([operation, words]) => words.map((word) => [word, operation] as const)));

/** The last word that names a verb class decides: `report_schedule_created` is created. */
function operationOf(words: string[]): string {
  for (const word of words.toReversed()) {
    const operation = operationByWord.get(word);
    if (operation) return operation;
  }
  return "other";
}

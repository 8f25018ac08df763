import type { Operation } from "@daybook/catalog";

/** The verbs of the vendors' action keys, in the form in which they write them, with the class of each. The past tense is regular unless given. */
const verbs: Record<string, { operation: Operation; past?: string }> = {
  ...of("created", "create", "generate", "register", "copy", "upload", "allocate", "invite", "request", "issue", "fork", "publish"),
  ...of(
    "updated",
    "update",
    "modify",
    "change",
    "edit",
    "rename",
    "enable",
    "disable",
    "archive",
    "unarchive",
    "restore",
    "transfer",
    "rotate",
    "activate",
    "deactivate",
    "unlock",
  ),
  ...of(
    "updated",
    "dismiss",
    "resolve",
    "reopen",
    "rerequest",
    "move",
    "replace",
    "configure",
    "associate",
    "disassociate",
    "tag",
    "untag",
    "accept",
    "leave",
    "verify",
    "suspend",
    "unsuspend",
    "push",
  ),
  ...of(
    "updated",
    "install",
    "uninstall",
    "deploy",
    "connect",
    "disconnect",
    "reconnect",
    "enroll",
    "unenroll",
    "join",
    "merge",
    "convert",
    "expand",
    "expire",
    "upgrade",
    "downgrade",
    "restrict",
    "moderate",
    "flag",
    "provision",
    "reassign",
    "invalidate",
    "sync",
    "apply",
    "pause",
    "undelete",
    "reactivate",
    "unpublish",
    "decline",
    "clear",
    "revert",
    "reorder",
  ),
  ...of("deleted", "tombstone", "redact"),
  ...of("viewed", "open", "preview"),
  ...of("executed", "call", "perform", "detect", "forward", "schedule", "prepare", "refresh"),
  ...of("granted", "elevate", "consent"),
  ...of("revoked", "ban"),
  ...of("completed", "end"),
  ...of("started", "initiate"),
  ...of("deleted", "delete", "destroy", "remove", "terminate", "purge", "deregister", "release"),
  ...of("viewed", "describe", "list", "view", "lookup", "search", "check", "decrypt", "simulate", "scan", "query", "fetch"),
  ...of(
    "executed",
    "execute",
    "invoke",
    "run",
    "send",
    "encrypt",
    "reboot",
    "failover",
    "start",
    "stop",
    "resume",
    "evaluate",
    "process",
    "trigger",
    "test",
    "assess",
  ),
  ...of("cancelled", "cancel", "abort"),
  ...of("shared", "share", "unshare"),
  ...of("revoked", "revoke", "detach", "deny", "demote", "block", "unassign"),
  ...of("promoted", "promote"),
  ...of("granted", "grant", "attach", "authorize", "add", "assign", "approve"),
  ...of("exported", "download", "export", "clone"),
  ...of("authenticated", "authenticate", "login", "logout", "assume", "sso"),
  ...of("created", "insert"),
  ...of("updated", "patch", "alter", "mount", "unmount", "regenerate", "recover", "extend"),
  ...of("deleted", "trash", "truncate"),
  ...of("executed", "sign", "call"),
  ...of("completed", "complete", "finish"),
  ...of("failed", "fail", "reject"),
  import: { operation: "imported" },
  access: { operation: "viewed" },
  get: { operation: "viewed", past: "read" },
  batch: { operation: "viewed", past: "batch" },
  head: { operation: "viewed", past: "looked up" },
  put: { operation: "updated", past: "put" },
  set: { operation: "updated", past: "set" },
  reset: { operation: "updated", past: "reset" },
  unset: { operation: "updated", past: "unset" },
  transfer: { operation: "updated", past: "transferred" },
  failover: { operation: "executed", past: "failed over" },
  override: { operation: "executed", past: "overrode" },
  run: { operation: "executed", past: "ran" },
  send: { operation: "executed", past: "sent" },
  leave: { operation: "updated", past: "left" },
  drop: { operation: "deleted", past: "dropped" },
  undrop: { operation: "updated", past: "undropped" },
  write: { operation: "updated", past: "wrote" },
  login: { operation: "authenticated", past: "signed in" },
  logout: { operation: "authenticated", past: "signed out" },
};

/** Past forms that vendors also write (`repo.archived`, `completed_workflow_run`), and the verb of each. */
const byPast = new Map(Object.keys(verbs).map((verb) => [pastOf(verb), verb]));

/** Actions are at most 128 characters long in the log; the patterns below take the square of the length on capitals. */
const actionCharsMax = 256;

/** The words of an action key: `iam:CreateUser`, `org.add_member`, `DBSnapshot` is db and snapshot. */
export const wordsOf = (action: string): string[] =>
  action
    .slice(0, actionCharsMax)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** The class of a verb in either form; undefined when the word is no verb known here. */
export const operationOf = (word: string): Operation | undefined => verb(word)?.operation;

/** The past tense of a verb, for a sentence; undefined when the word is no verb known here. */
export function past(word: string): string | undefined {
  if (byPast.has(word)) return word;
  return Object.hasOwn(verbs, word) ? pastOf(word) : undefined;
}

const verb = (word: string) => (Object.hasOwn(verbs, word) ? verbs[word] : verbs[byPast.get(word) ?? ""]);

function pastOf(word: string): string {
  const irregular = verbs[word]?.past;
  if (irregular !== undefined) return irregular;
  if (word.endsWith("e")) return `${word}d`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ied`;
  if (/^(?:stop|tag|untag|flag|ban)$/.test(word)) return `${word}${word.at(-1)}ed`;
  return `${word}ed`;
}

function of(operation: Operation, ...words: string[]): Record<string, { operation: Operation }> {
  return Object.fromEntries(words.map((word) => [word, { operation }]));
}

import { expect, test } from "vitest";
import { verbPhrase } from "./verb-phrase.ts";
import { wordsOf } from "./verbs.ts";

test.each([
  ["verb first", "Add member to role", "add member to role", "granted"],
  ["verb first", "Add service principal", "add service principal", "created"],
  ["verb first", "REMOVE_GROUP_MEMBER", "remove group member", "revoked"],
  ["verb first", "REMOVE_TRUSTED_DOMAINS", "remove trusted domains", "deleted"],
  ["verb first", "Delete role assignment", "delete role assignment", "revoked"],
  ["verb first", "DELETE_ROLE", "delete role", "deleted"],
  ["verb first", "shared_drive_settings_change", "change shared drive settings", "updated"],
  ["verb first", "FileAccessed", "accessed file", "viewed"],
  ["verb first", "MoveToDeletedItems", "move to deleted items", "updated"],
  ["verb first", "HardDelete", "delete hard", "deleted"],
  ["verb last", "channel_tab_added", "added channel tab", "created"],
  ["verb last", "user_added_to_usergroup", "added user to usergroup", "granted"],
  ["verb last", "list_access_revoked", "revoked list access", "revoked"],
  ["verb last", "user_channel_join", "join user channel", "updated"],
  ["verb last", "list_created", "created list", "created"],
] as const)("%s: %s reads %s (%s)", (habit, action, words, operation) => {
  expect(verbPhrase(wordsOf(action), habit)).toEqual({ words: words.split(" "), operation });
});

test("a name without a verb has no words and no class", () => {
  expect(verbPhrase(["suspicious", "activity"], "verb first")).toEqual({ words: [], operation: undefined });
  expect(verbPhrase([], "verb last")).toEqual({ words: [], operation: undefined });
});

import { expect, test } from "vitest";
import type { ShownView } from "./view-context.ts";
import { groupsOf, sharingWords, type SharingWith } from "./view-words.ts";

const view = (id: string, saved: { own: boolean; sharing: SharingWith } | null): ShownView => ({
  id,
  name: id,
  description: "",
  logType: "activity",
  state: {},
  saved: saved && { ...saved, owner: { id: "u", name: "Bob Martin" }, version: 1, updatedAt: "", updatedBy: "", mayChange: true, mayDelete: true },
});
const finance: SharingWith = { with: "team", teamId: "t", teamName: "Finance" };
const own = view("own", { own: true, sharing: { with: "nobody" } });
const ownShared = view("own-shared", { own: true, sharing: { with: "organization" } });
const team = view("team", { own: false, sharing: finance });
const shared = view("shared", { own: false, sharing: { with: "organization" } });
const builtIn = view("failed-operations", null);

test("every view stands in one group, with a star first, and a group without views is not there", () => {
  const groups = groupsOf({ views: [own, ownShared, team, shared], builtIn: [builtIn], starred: ["shared", "gone"] });
  expect(groups.map(({ title, views }) => [title, ...views.map(({ id }) => id)])).toEqual([
    ["Starred", "shared"],
    ["Mine", "own", "own-shared"],
    ["Team", "team"],
    ["Built-in", "failed-operations"],
  ]);
});

test("a view says who opens it, and whose it is where it is a colleague's", () => {
  expect([own, ownShared, team, shared, builtIn].map(sharingWords)).toEqual([
    null,
    "Shared with everybody",
    "Shared with Finance by Bob Martin",
    "Shared with everybody by Bob Martin",
    null,
  ]);
});

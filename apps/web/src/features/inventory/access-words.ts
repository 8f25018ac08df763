import { accessLevels, accessTitles, sharedKinds, type Access, type DefaultAccess } from "@daybook/policy";
import { plural } from "../../ui/numbers.ts";

export const accessOptions = accessLevels.map((value) => ({ value, label: accessTitles[value] }));

/** What each level is for, for whoever chooses one. */
export const accessHints: Record<Access, string> = {
  view: "Sees it and what is in it",
  query: "Also asks questions of its data",
  manage: "Also changes it and who may use it",
};

/** Groups and the default may still give somebody what their own access gave. */
export const lostAccess = (who: string): string => `The access of ${who} is taken away.`;

/** `3 collections · 2 connections`; kinds without any are named too, so that columns can be compared. */
export const countsInWords = (objects: Readonly<Record<string, number>>): string =>
  sharedKinds.map(({ type, noun, nouns }) => plural(objects[type] ?? 0, noun, nouns)).join(" · ");

/** What a default would mean, for the sentence under the choice. */
export function defaultConsequence(
  access: DefaultAccess,
  { withoutOwn, objects }: { withoutOwn: number; objects: readonly { type: string; count: number }[] },
): string {
  const things = sharedKinds
    .flatMap(({ type, noun, nouns }) => {
      const found = objects.find((each) => each.type === type);
      return found ? [plural(found.count, noun, nouns)] : [];
    })
    .join(" and ");
  const who = `${plural(withoutOwn, "member")} who ${withoutOwn === 1 ? "has" : "have"} no access of their own`;
  if (withoutOwn === 0) return `Every member has access of their own to some of ${things} already; who was given more keeps more.`;
  if (access === "none") return `${who} can then use none of ${things}.`;
  return `${who} can then ${access} ${things}. Who was given more keeps more.`;
}

/** What goes with a group, for whoever is about to delete it. */
export function lossInWords({ members, objects }: { members: number; objects: Readonly<Record<string, number>> }): string {
  const things = sharedKinds.flatMap(({ type, noun, nouns }) => ((objects[type] ?? 0) > 0 ? [plural(objects[type] ?? 0, noun, nouns)] : [])).join(" and ");
  if (members === 0 || things === "") return "Nobody loses access by that.";
  return `${plural(members, "member")} ${members === 1 ? "loses" : "lose"} what the group gives them: access to ${things}. What they were given otherwise they keep.`;
}

/** A reason where the level stands beside it already. */
export const whyText = (reason: string): string => reason.replace(/: \w+$/, "");

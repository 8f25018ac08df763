import { Refusal } from "@daybook/event";
import { effectiveAccess, may, roles, sharedKinds, sharedTypes, takesDefaultAccess } from "@daybook/policy";
import { groups, people, sharedAccess } from "@daybook/store";
import type { Executor, MemberName } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { askedPage, cutPage, findMember, memberRef, pageInput } from "./refs.ts";
import { defaultFor } from "./shared-reads.ts";

const page = pageInput.extend({ type: z.enum(sharedTypes).optional() });
type Page = z.output<typeof page>;

/** Everything that a member may use, and why. */
export const accessOf = defineRead({
  name: "access.of",
  needs: "members:read",
  input: page.extend({ userId: memberRef }),
  async run({ store }, { viewer }, { userId, ...asked }) {
    const db = store.of(viewer.organizationId);
    const shown = sharedKinds.filter((kind) => may(viewer, kind.reads).allowed).map(({ type }) => type);
    return usesOf(db, viewer.organizationId, { member: await findMember(db, viewer.organizationId, userId), asked, shown });
  },
});

/** The same of whoever asks: every member may know what they can use and why. */
export const myAccess = defineRead({
  name: "access.mine",
  needs: "access:own",
  input: page.prefault({}),
  async run({ store }, { viewer }, asked) {
    if (viewer.kind !== "member" && viewer.kind !== "member_key") throw new Refusal("invalid", "Only a member can ask for access of their own.");
    const db = store.of(viewer.organizationId);
    const member = await findMember(db, viewer.organizationId, { userId: viewer.userId });
    return usesOf(db, viewer.organizationId, { member, asked, shown: sharedTypes });
  },
});

/** Members to whom something can be given, as somebody types a name. */
export const findPeople = defineRead({
  name: "access.people",
  needs: "members:read",
  input: pageInput.prefault({}),
  async run({ store }, { viewer: { organizationId } }, input) {
    const found = await people.search(store.of(organizationId), organizationId, askedPage(input));
    const { rows, nextCursor } = cutPage(found, input.limit, ({ name, userId }) => ({ name, id: userId }));
    return { people: rows.map(({ userId, name, email, status }) => ({ userId, name, email, status })), nextCursor };
  },
});

async function usesOf(
  db: Executor,
  organizationId: string,
  { member, asked: { type, ...asked }, shown }: { member: MemberName; asked: Page; shown: readonly string[] },
) {
  const { userId, name, email, status } = member;
  const told = { member: { userId, name, email, status } };
  // Whoever is suspended or gone keeps their entries, and has nothing by them.
  if (status !== "active") return { ...told, groups: [], uses: [], nextCursor: null };
  const defaults = new Map(
    await Promise.all(sharedKinds.map(async (kind) => [kind.type as string, await ownDefault(db, organizationId, kind, member)] as const)),
  );
  const types = shown.filter((each) => type === undefined || each === type);
  const [found, ofGroups] = await Promise.all([
    sharedAccess.objectsOf(db, organizationId, {
      userId,
      types,
      defaultTypes: [...defaults].flatMap(([each, byDefault]) => (byDefault === "none" ? [] : [each])),
      ...askedPage(asked),
    }),
    groups.ofUser(db, organizationId, userId),
  ]);
  const { rows, nextCursor } = cutPage(found, asked.limit, (row) => row);
  const uses = rows.flatMap(({ direct, groups: byGroup, ...object }) => {
    const effective = effectiveAccess({ direct, groups: byGroup, byDefault: defaults.get(object.type) ?? "none" });
    return effective === null ? [] : [{ ...object, ...effective }];
  });
  return { ...told, groups: ofGroups, uses, nextCursor };
}

async function ownDefault(db: Executor, organizationId: string, kind: (typeof sharedKinds)[number], { role }: MemberName) {
  const known = roles.find((each) => each === role);
  return known !== undefined && takesDefaultAccess(known) ? defaultFor(db, organizationId, kind) : "none";
}

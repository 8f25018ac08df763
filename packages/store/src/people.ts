import { and, eq, ne } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { byName, pageOf } from "./name-cursor.ts";
import type { ByName } from "./name-cursor.ts";
import { members, users } from "./schema/index.ts";

/** Somebody who is or was a member, with the name that events and lists show. */
export interface MemberName {
  userId: string;
  name: string;
  email: string;
  role: string;
  status: "active" | "suspended" | "removed";
}

const columns = { userId: members.userId, name: users.name, email: users.email, role: members.role, status: members.status };
const select = (db: Executor, where: SQL | undefined) => db.select(columns).from(members).innerJoin(users, eq(users.id, members.userId)).where(where);

export async function find(db: Executor, organizationId: string, ref: { userId: string } | { email: string }): Promise<MemberName | null> {
  const [row] = await select(db, and(eq(members.organizationId, organizationId), namedBy(ref)));
  return row ?? null;
}

/** The same, as they are until the transaction ends: nobody is removed while they are given something. */
export async function hold(tx: Tx, organizationId: string, ref: { userId: string } | { email: string }): Promise<MemberName | null> {
  const [row] = await select(tx, and(eq(members.organizationId, organizationId), namedBy(ref))).for("share", { of: members });
  return row ?? null;
}

const namedBy = (ref: { userId: string } | { email: string }): SQL =>
  "userId" in ref ? eq(members.userId, ref.userId) : eq(users.email, ref.email.toLowerCase());

/** Members who may be given something, by name: all but those who were removed. */
export const search = (db: Executor, organizationId: string, page: ByName): Promise<MemberName[]> =>
  select(db, and(eq(members.organizationId, organizationId), ne(members.status, "removed"), pageOf(page, users.name, users.id, users.email)))
    .orderBy(...byName(users.name, users.id))
    .limit(page.limit);

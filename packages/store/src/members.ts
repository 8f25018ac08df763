import { and, asc, eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { accounts, members, organizations, users } from "./schema/index.ts";
import type { Organization } from "./organizations.ts";

export type User = typeof users.$inferSelect;

export async function insert(tx: Tx, member: typeof members.$inferInsert): Promise<void> {
  await tx.insert(members).values(member);
}

/** A person with a password that is already hashed; the account row is what Better Auth signs in against. */
export async function insertUser(
  tx: Tx,
  { id, accountId, name, email, passwordHash }: { id: string; accountId: string; name: string; email: string; passwordHash: string },
): Promise<void> {
  await tx.insert(users).values({ id, name, email: email.toLowerCase(), emailVerified: false });
  await tx.insert(accounts).values({ id: accountId, userId: id, accountId: id, providerId: "credential", password: passwordHash });
}

/** Those in which the user is an active member, oldest first. */
export const organizationsOf = (db: Executor, userId: string): Promise<(Organization & { role: string })[]> =>
  db
    .select({
      id: organizations.id,
      name: organizations.name,
      slug: organizations.slug,
      timeZone: organizations.timeZone,
      demo: organizations.demo,
      retentionDays: organizations.retentionDays,
      createdAt: organizations.createdAt,
      ipDisplay: organizations.ipDisplay,
      role: members.role,
    })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(and(eq(members.userId, userId), eq(members.status, "active")))
    .orderBy(asc(organizations.createdAt));

export async function findUser(db: Executor, userId: string): Promise<User | null> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row ?? null;
}

export async function findUserByEmail(db: Executor, email: string): Promise<User | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email.toLowerCase()));
  return row ?? null;
}

/** The user who has owned the organization for longest. */
export async function firstOwner(db: Executor, organizationId: string): Promise<string | null> {
  const [row] = await db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.role, "owner"), eq(members.status, "active")))
    .orderBy(asc(members.createdAt))
    .limit(1);
  return row?.userId ?? null;
}

/** E-mail addresses of an organization's members who hold one of the roles, oldest member first. */
export async function emailsOf(db: Executor, organizationId: string, roles: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ email: users.email, role: members.role })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, organizationId), eq(members.status, "active")))
    .orderBy(asc(members.createdAt));
  return rows.filter(({ role }) => roles.includes(role)).map(({ email }) => email);
}

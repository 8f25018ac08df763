import { and, asc, count, eq, inArray, sql as drizzleSql } from "drizzle-orm";
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

/** A person whom somebody else vouches for; they have no password until they ask for one. */
export async function insertUserWithoutPassword(tx: Tx, { id, name, email }: { id: string; name: string; email: string }): Promise<void> {
  await tx.insert(users).values({ id, name, email: email.toLowerCase(), emailVerified: false });
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
    .orderBy(asc(organizations.createdAt), asc(organizations.id));

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

export type Member = typeof members.$inferSelect;

/** A person whose address nobody holds yet; false when somebody does. */
export async function addUser(
  tx: Tx,
  {
    id,
    accountId,
    name,
    email,
    emailVerified,
    passwordHash,
  }: { id: string; accountId: string; name: string; email: string; emailVerified: boolean; passwordHash: string },
): Promise<boolean> {
  const added = await tx
    .insert(users)
    .values({ id, name, email: email.toLowerCase(), emailVerified })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (added.length === 0) return false;
  await tx.insert(accounts).values({ id: accountId, userId: id, accountId: id, providerId: "credential", password: passwordHash });
  return true;
}

/** Somebody proved that mail to their address reaches them. */
export async function verifyEmail(tx: Tx, userId: string): Promise<void> {
  await tx.update(users).set({ emailVerified: true }).where(eq(users.id, userId));
}

export async function find(db: Executor, organizationId: string, userId: string): Promise<Member | null> {
  const [row] = await db
    .select()
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  return row ?? null;
}

/** Whether somebody is an active member in the role, for all that others have committed by now; what this very transaction changed of them counts as it was. */
export async function stillStands(tx: Tx, organizationId: string, { userId, role }: { userId: string; role: string }): Promise<boolean> {
  const [row] = await tx
    .select({
      holds: drizzleSql<boolean>`(${members.status} = 'active' and ${members.role} = ${role}) or ${members}.xmin = pg_current_xact_id()::xid`,
    })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  return row?.holds === true;
}

/** How many active members hold a role. Under `organizations.lock`, nobody changes that until the transaction ends. */
export async function countActive(tx: Tx, organizationId: string, role: string): Promise<number> {
  const [row] = await tx
    .select({ value: count() })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.role, role), eq(members.status, "active")));
  return row?.value ?? 0;
}

/** Comes in, or comes back. */
export async function join(tx: Tx, { organizationId, userId, role, at }: { organizationId: string; userId: string; role: string; at: Date }): Promise<void> {
  const standing = { role, status: "active" as const, statusAt: at, createdAt: at };
  await tx
    .insert(members)
    .values({ organizationId, userId, ...standing })
    .onConflictDoUpdate({ target: [members.organizationId, members.userId], set: standing });
}

export async function setRole(tx: Tx, organizationId: string, { userId, role }: { userId: string; role: string }): Promise<void> {
  await tx
    .update(members)
    .set({ role })
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
}

export async function setStatus(tx: Tx, organizationId: string, { userId, status, at }: { userId: string; status: Member["status"]; at: Date }): Promise<void> {
  await tx
    .update(members)
    .set({ status, statusAt: at })
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
}

/** Coarse: whoever calls it does so every few minutes at most. */
export async function touch(db: Executor, organizationId: string, { userId, at }: { userId: string; at: Date }): Promise<void> {
  await db
    .update(members)
    .set({ lastActiveAt: at })
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
}

/** How addresses stand in the organization: only those of users who are or were members. */
export const standingOf = (
  db: Executor,
  organizationId: string,
  emails: readonly string[],
): Promise<{ email: string; userId: string; status: Member["status"] }[]> =>
  db
    .select({ email: users.email, userId: members.userId, status: members.status })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, organizationId), inArray(users.email, [...emails])));

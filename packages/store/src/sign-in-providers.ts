import { and, arrayContains, asc, count, eq, isNotNull, ne } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { organizations, signInIdentities, signInProviders } from "./schema/index.ts";

export type SignInProvider = typeof signInProviders.$inferSelect;
export type SignInIdentity = typeof signInIdentities.$inferSelect;

export const listMax = 20;

export const list = (db: Executor, organizationId: string): Promise<SignInProvider[]> =>
  db.select().from(signInProviders).where(eq(signInProviders.organizationId, organizationId)).orderBy(asc(signInProviders.createdAt)).limit(listMax);

export async function find(db: Executor, organizationId: string, id: string): Promise<SignInProvider | null> {
  const [row] = await db
    .select()
    .from(signInProviders)
    .where(and(eq(signInProviders.organizationId, organizationId), eq(signInProviders.id, id)));
  return row ?? null;
}

/** Those that are on, of the organization that bears this name in URLs; begins with no organization. */
export const enabledOfSlug = async (db: Executor, slug: string): Promise<SignInProvider[]> => {
  const rows = await db
    .select({ provider: signInProviders })
    .from(signInProviders)
    .innerJoin(organizations, eq(organizations.id, signInProviders.organizationId))
    .where(and(eq(organizations.slug, slug), eq(signInProviders.enabled, true)))
    .orderBy(asc(signInProviders.createdAt))
    .limit(listMax);
  return rows.map(({ provider }) => provider);
};

/** Those that are on and answer for a domain, of any organization. */
export const enabledOfDomain = (db: Executor, domain: string, limit: number): Promise<SignInProvider[]> =>
  db
    .select()
    .from(signInProviders)
    .where(and(arrayContains(signInProviders.emailDomains, [domain]), eq(signInProviders.enabled, true)))
    .orderBy(asc(signInProviders.createdAt))
    .limit(limit);

export async function insert(tx: Tx, provider: typeof signInProviders.$inferInsert): Promise<void> {
  await tx.insert(signInProviders).values(provider);
}

export async function update(tx: Tx, { organizationId, id, ...columns }: Partial<SignInProvider> & { organizationId: string; id: string }): Promise<void> {
  await tx
    .update(signInProviders)
    .set(columns)
    .where(and(eq(signInProviders.organizationId, organizationId), eq(signInProviders.id, id)));
}

/** Its identities and the sessions that it opened go with it. */
export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(signInProviders).where(and(eq(signInProviders.organizationId, organizationId), eq(signInProviders.id, id)));
}

/** How many are on and proven, apart from one. */
export async function provenCount(db: Executor, organizationId: string, apartFrom: string | null = null): Promise<number> {
  const [row] = await db
    .select({ found: count() })
    .from(signInProviders)
    .where(
      and(
        eq(signInProviders.organizationId, organizationId),
        eq(signInProviders.enabled, true),
        isNotNull(signInProviders.lastUsedAt),
        ...(apartFrom === null ? [] : [ne(signInProviders.id, apartFrom)]),
      ),
    );
  return row?.found ?? 0;
}

export async function identityOf(
  db: Executor,
  organizationId: string,
  { providerId, ...who }: { providerId: string } & ({ subject: string } | { userId: string }),
): Promise<SignInIdentity | null> {
  const [row] = await db
    .select()
    .from(signInIdentities)
    .where(
      and(
        eq(signInIdentities.organizationId, organizationId),
        eq(signInIdentities.providerId, providerId),
        "subject" in who ? eq(signInIdentities.subject, who.subject) : eq(signInIdentities.userId, who.userId),
      ),
    );
  return row ?? null;
}

export async function link(tx: Tx, identity: typeof signInIdentities.$inferInsert): Promise<void> {
  await tx.insert(signInIdentities).values(identity);
}

/** How many people sign in with it. */
export const identityCount = (db: Executor, organizationId: string, providerId: string): Promise<number> =>
  db.$count(signInIdentities, and(eq(signInIdentities.organizationId, organizationId), eq(signInIdentities.providerId, providerId)));

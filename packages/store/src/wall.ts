import postgres from "postgres";
import type { Sql } from "postgres";
import { roles } from "./roles.ts";

interface Standing {
  login: string;
  superuser: boolean;
  unbounded: boolean;
  owned: number;
  missing: string;
}

/** Tables that know organizations and are not closed. */
const unprotectedTables = (sql: Sql): Promise<{ name: string }[]> => sql<{ name: string }[]>`
  select c.relname as name
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and (c.relname in ('organizations', 'users', 'accounts')
      or exists (select from pg_attribute where attrelid = c.oid and attname = 'organization_id' and not attisdropped))
    and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid))
  order by 1`;

/**
 * Why the wall between organizations would not hold for whoever logs in with this address, as one sentence that says how to mend it; null when it
 * holds. Row security does not count for superusers, for whoever may bypass it, and for an owner who takes it off.
 */
export async function wallFault({ url }: { url: string }): Promise<string | null> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    const [standing] = await sql<Standing[]>`
      select session_user as login, rolsuper as superuser, rolbypassrls as unbounded,
        (select count(*)::int from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and pg_has_role(session_user, relowner, 'MEMBER')) as owned,
        array(select wanted from unnest(${`{${Object.values(roles).join(",")}}`}::text[]) wanted
          where case when to_regrole(wanted) is null then true else not pg_has_role(session_user, wanted, 'SET') end)::text as missing
      from pg_roles where rolname = session_user`;
    if (!standing) throw new Error("whoever is logged in has a role");
    const { login } = standing;
    const mend = "Give DATABASE_URL a login of its own and the owner's to DATABASE_OWNER_URL (docs/operations.md, Database roles).";
    if (standing.superuser) return `The database login "${login}" is a superuser, for whom no row security counts. ${mend}`;
    if (standing.unbounded) return `The database login "${login}" may bypass row security. ${mend}`;
    if (standing.owned > 0) return `The database login "${login}" owns tables of Daybook and could open them. ${mend}`;
    if (standing.missing !== "{}")
      return `The database login "${login}" may not become ${standing.missing.slice(1, -1).replaceAll(",", ", ")}. Run as the owner: grant ${Object.values(roles).join(", ")} to "${login}" with inherit false, set true;`;
    const open = await unprotectedTables(sql);
    if (open.length > 0) return `No row security protects ${open.map(({ name }) => name).join(", ")}. Run the migrations as the owner: they close every table.`;
    return null;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

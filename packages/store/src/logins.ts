import postgres from "postgres";
import type { Sql } from "postgres";
import { roles } from "./roles.ts";

/** Several databases of one server may do this at once, and roles belong to the server: PostgreSQL then lets one of them through and refuses the rest. */
const attemptsMax = 5;
const busyStates = new Set(["XX000", "23505", "42710"]);

/** Makes the login that `url` names, which owns nothing and may become each of Daybook's roles; what is there already is left alone. */
export async function ensureLogin({ ownerUrl, url }: { ownerUrl: string; url: string }): Promise<void> {
  if (await mayBecomeEach(url)) return;
  const { username, password } = new URL(url);
  const login = { name: decodeURIComponent(username), password: decodeURIComponent(password) };
  const sql = postgres(ownerUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    for (let attempt = 1; !(await made(sql, login)); attempt += 1) {
      if (attempt === attemptsMax) throw new Error(`the login ${login.name} could not be made: another process changes the roles of this server all the time`);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function made(sql: Sql, { name, password }: { name: string; password: string }): Promise<boolean> {
  try {
    const [row] = await sql<{ known: boolean; statement: string; grants: string }[]>`
      select exists (select from pg_roles where rolname = ${name}) as known,
        format('role %I login noinherit password %L', ${name}::text, ${password}::text) as statement,
        format('grant ${sql.unsafe(Object.values(roles).join(", "))} to %I with inherit false, set true', ${name}::text) as grants`;
    if (!row) throw new Error("a select without a table returns a row");
    await sql.unsafe(`${row.known ? "alter" : "create"} ${row.statement}`);
    await sql.unsafe(row.grants);
    return true;
  } catch (error) {
    if (busyStates.has((error as { code?: string }).code ?? "")) return false;
    throw error;
  }
}

async function mayBecomeEach(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    const [row] = await sql<{ may: boolean }[]>`
      select bool_and(pg_has_role(session_user, wanted, 'SET')) as may from unnest(${`{${Object.values(roles).join(",")}}`}::text[]) wanted`;
    return row?.may ?? false;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

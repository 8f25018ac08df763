import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

/** The account the server runs under when we are root, which PostgreSQL refuses to be. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** Null when we are an ordinary user and the server simply runs as us. */
export function serverUser(cluster: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  return ownerOf(cluster) ?? accountNamed("postgres") ?? accountNamed("daybook") ?? createAccount();
}

/** A cluster made by an ordinary user keeps its owner: PostgreSQL accepts no other. */
function ownerOf(cluster: string): ServerUser | null {
  const found = statSync(cluster, { throwIfNoEntry: false });
  if (found === undefined || found.uid === 0) return null;
  return { name: `user ${found.uid}`, uid: found.uid, gid: found.gid };
}

function accountNamed(name: string): ServerUser | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) return null;
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** Debian, Fedora and SUSE have useradd, Alpine and BusyBox have adduser. */
function createAccount(): ServerUser {
  const attempts: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]],
    ["adduser", ["-S", "-D", "-H", "postgres"]],
  ];
  for (const [command, argumentsOf] of attempts) {
    if (spawnSync(command, argumentsOf).status !== 0) continue;
    const made = accountNamed("postgres");
    if (made !== null) return made;
  }
  throw new Error(
    "PostgreSQL refuses to run as root, and no user `postgres` could be created (neither useradd nor adduser worked). Create that user, run as an ordinary user, or set DATABASE_URL.",
  );
}

import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What is needed to reach the server of a folder, and what must stay the same between starts. */
export interface Connection {
  port: number;
  password: string;
  /** Of the second login, which the programs have. Folders of an earlier version have none until the next start. */
  loginPassword?: string;
  /** Where the data files are: beside this file, unless the server's user cannot reach that place. */
  cluster: string;
}

export const databaseName = "daybook";
export const databaseUser = "daybook";
/** Whoever uses the server makes this login: no SQL is known here. */
const loginUser = "daybook_server";

/** The addresses of the server that belongs to this folder, or null when none was ever made there. */
export function readConnection(folder: string): Addresses | null {
  const connection = loadConnection(folder);
  return connection === null ? null : addressesOf(connection);
}

export interface Addresses {
  /** For the owner of everything. */
  url: string;
  /** For the programs; null until a start has chosen its password. */
  loginUrl: string | null;
}

export function addressesOf({ port, password, loginPassword }: Connection): Addresses {
  const address = (user: string, secret: string) => `postgres://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${databaseName}`;
  return { url: address(databaseUser, password), loginUrl: loginPassword === undefined ? null : address(loginUser, loginPassword) };
}

export function loadConnection(folder: string): Connection | null {
  let text: string;
  try {
    text = readFileSync(join(folder, "postgres.json"), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const value: unknown = JSON.parse(text);
  if (!isConnection(value)) throw new Error(`${join(folder, "postgres.json")} is not a connection file of Daybook`);
  return value;
}

/** Through a rename: a crash leaves the old file or the new one, never half a password. */
export function saveConnection(folder: string, connection: Connection): void {
  const path = join(folder, "postgres.json");
  writeFileSync(`${path}.new`, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  giveToFolderOwner(`${path}.new`);
  renameSync(`${path}.new`, path);
}

/** A start by root in the folder of an ordinary user must not lock that user out of the next one. */
export function giveToFolderOwner(path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(path));
  chownSync(path, uid, gid);
}

function isConnection(value: unknown): value is Connection {
  return (
    typeof value === "object" &&
    value !== null &&
    "port" in value &&
    Number.isInteger(value.port) &&
    "password" in value &&
    typeof value.password === "string" &&
    (!("loginPassword" in value) || typeof value.loginPassword === "string") &&
    "cluster" in value &&
    typeof value.cluster === "string"
  );
}

import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Secrets {
  /** Signs sessions. */
  authSecret: string;
  /** Lets the first visitor create the owner's account, and nobody else. */
  setupToken: string;
}

/** Given by the environment, or else made once and kept beside the data. In production nothing is made up. */
export function loadSecrets(folder: string, environment: Record<string, string | undefined>): Secrets {
  const authSecret = environment["AUTH_SECRET"];
  const isProduction = environment["NODE_ENV"] === "production" && Boolean(environment["DATABASE_URL"]);
  if (isProduction && !authSecret) {
    throw new Error(
      "AUTH_SECRET is missing. In production (NODE_ENV=production with DATABASE_URL) it is not made up: every instance needs the same one. Make one with `openssl rand -base64 32`.",
    );
  }
  const kept = readKept(folder) ?? makeKept(folder);
  return {
    authSecret: authSecret || kept.authSecret,
    setupToken: environment["DAYBOOK_SETUP_TOKEN"] || kept.setupToken,
  };
}

function readKept(folder: string): Secrets | null {
  const path = join(folder, "secrets.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    if (error instanceof Error && "code" in error && error.code === "EACCES")
      throw new Error(`${path} belongs to another user. Run as that user, or set DAYBOOK_DATA to a folder of yours.`, { cause: error });
    throw error;
  }
  const value: unknown = JSON.parse(text);
  if (
    typeof value === "object" &&
    value !== null &&
    "authSecret" in value &&
    typeof value.authSecret === "string" &&
    "setupToken" in value &&
    typeof value.setupToken === "string"
  ) {
    return { authSecret: value.authSecret, setupToken: value.setupToken };
  }
  throw new Error(`${path} is damaged. Remove it: new secrets are made, and everybody signs in again.`);
}

function makeKept(folder: string): Secrets {
  const secrets = { authSecret: randomBytes(32).toString("base64url"), setupToken: randomBytes(18).toString("base64url") };
  writeFileSync(join(folder, "secrets.json"), `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return secrets;
}

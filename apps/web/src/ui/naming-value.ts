import { readApiError } from "./api-error.ts";

const shownCharsMax = 60;

/** The server says by its place what it refused (`` `domains.0`: is not a domain ``); whoever typed it reads the value that was `sent` there. */
export function namingValue(error: unknown, sent: unknown): unknown {
  const [, path, why] = /^`([\w.]+)`:? ([a-z].*)$/s.exec(error ? readApiError(error).message : "") ?? [];
  const value = path?.split(".").reduce<unknown>((within, key) => (typeof within === "object" && within !== null ? Reflect.get(within, key) : undefined), sent);
  if (typeof value !== "string" || value === "") return error;
  const shown = value.length > shownCharsMax ? `${value.slice(0, shownCharsMax)}…` : value;
  return new Error(`“${shown}” ${why?.replaceAll("`", "")}.`);
}

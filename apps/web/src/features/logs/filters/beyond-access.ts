import { isAuditorRole, seesAllButOwners } from "@daybook/policy";
import { foldCase, valuesOf, withoutKey, withValue, type Clause, type KeyName, type SearchValue } from "@daybook/query";
import type { Organization, Session } from "../../../shell/session.ts";

/** Why a search finds nothing for this reader, whatever there may be in the log. */
export type Beyond =
  | { why: "others"; what: "person" | "team"; administered: string[] }
  /** The log of a team lacks what is about the organization itself. */
  | { why: "organization" }
  | { why: "owners" };

interface Reader {
  person: Session["user"];
  organization: Pick<Organization, "role" | "grants" | "teams">;
  /** The log of one team is open. */
  inTeam: boolean;
}

/** In which logs an action, or every action of a namespace, stands; undefined where nobody defined it. */
export type ScopeOf = (key: "action" | "namespace", value: string) => "team" | "organization" | "owners" | undefined;

const personKeys = ["actor", "did_or_caused"] as const satisfies KeyName[];
const scopedKeys = ["action", "namespace"] as const;

/**
 * Judged by the words of the search and who reads, and by nothing that the log holds: so that the answer tells nobody whether a person exists or has
 * events. Asked once nothing was found; whoever sees a row of somebody else, made on their behalf, needs no explanation.
 */
export function beyondAccess(clauses: readonly Clause[], { person, organization, inTeam }: Reader, scopeOf: ScopeOf): Beyond | null {
  const { role, grants, teams } = organization;
  const scopes = scopedKeys.flatMap((key) => valuesOf(clauses, key).map(({ text, glob }) => (glob ? undefined : scopeOf(key, text))));
  const isAll = (...wanted: (typeof scopes)[number][]) => scopes.length > 0 && scopes.every((scope) => wanted.includes(scope));
  if (inTeam) return isAll("organization", "owners") ? { why: "organization" } : null;
  if (seesAllButOwners(role)) return isAll("owners") ? { why: "owners" } : null;
  if (grants.includes("members:read") || isAuditorRole(role)) return null;
  const administered = teams.filter(({ seesLog }) => seesLog);
  const others = { why: "others" as const, administered: administered.map(({ name }) => name) };
  if (personKeys.some((key) => asksFor(valuesOf(clauses, key), (value) => !isPerson(value, person)))) return { ...others, what: "person" };
  const isOwnTeam = ({ text, glob }: SearchValue) => glob || administered.some(({ id, name }) => text === id || foldCase(text) === foldCase(name));
  return asksFor(valuesOf(clauses, "team"), (value) => !isOwnTeam(value)) ? { ...others, what: "team" } : null;
}

/** The same search for what the reader did themselves. */
export function ownInstead(clauses: readonly Clause[]): Clause[] {
  const rest = [...personKeys, "team" as const].reduce<Clause[]>((left, key) => withoutKey(left, key), [...clauses]);
  return withValue(rest, "actor", "me");
}

const asksFor = (values: readonly SearchValue[], isForeign: (value: SearchValue) => boolean): boolean => values.length > 0 && values.every(isForeign);

function isPerson({ text, glob }: SearchValue, { id, email, name }: Session["user"]): boolean {
  if (!glob) return text === "me" || [id, email, name].some((each) => foldCase(each) === foldCase(text));
  const parts = foldCase(text).split("*");
  return [id, email, name].some((each) => fits(foldCase(each), parts));
}

/** Whether a text is made of these parts with anything between them. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return from <= text.length - last.length;
}

import type { Clause, SearchValue } from "./clause.ts";
import { keyInfo } from "./key-info.ts";
import type { NumberKey } from "./keys.ts";
import { merged } from "./merge.ts";

/** The search as somebody would say it, for titles, mails and exports: "actor alice@company.com, action updated, not status failed". */
export const describeSearch = (clauses: readonly Clause[]): string => (clauses.length === 0 ? "all events" : merged(clauses).map(sayClause).join(", "));

function sayClause(clause: Clause): string {
  const not = clause.negated ? "not " : "";
  switch (clause.is) {
    case "key":
      return `${not}${sayKey(clause.key)} ${sayValues(clause.values, clause.key === "status" ? sayStatus : String)}`;
    case "metadata":
      return `${not}metadata ${clause.path} ${sayValues(clause.values)}`;
    case "compare":
      return `${not}${clause.key === "seq" ? "sequence number" : clause.key} ${comparisonWords[clause.op]} ${sayAmount(clause.key, clause.value)}`;
    case "has":
      return `${clause.negated ? "without" : "with"} ${clause.part.replaceAll("_", " ").replace(/^ip$/, "IP address")}`;
    case "changed":
      return `${not}changed ${clause.path}${clause.before === undefined ? "" : ` from “${clause.before}”`}${clause.after === undefined ? "" : ` to “${clause.after}”`}`;
    case "text":
      return `${not}text “${clause.anywhere ? `…${clause.text}…` : clause.text}”`;
  }
}

const comparisonWords = { ">": "over", ">=": "at least", "<": "under", "<=": "at most" } as const;

const sayKey = (key: Exclude<keyof typeof keyInfo, "has">): string => keyInfo[key].title.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());

const sayStatus = (value: string): string => (value === "pending_approval" ? "pending" : value.replaceAll("_", " "));

const sayValues = (values: readonly SearchValue[], say: (value: string) => string = String): string =>
  values.map(({ text, glob }) => (!glob && /[\s,“”*]/.test(text) ? `“${text}”` : say(text))).join(" or ");

function sayAmount(key: NumberKey, value: number): string {
  if (key === "seq") return String(value);
  if (key === "rows") return value.toLocaleString("en-US");
  if (value < 1_000) return `${value} ms`;
  return value % 3_600_000 === 0 ? `${value / 3_600_000} h` : value % 60_000 === 0 ? `${value / 60_000} min` : `${value / 1_000} s`;
}

import type { Query } from "./ast.ts";

/** The query in words, for dialogs, mails and the record of who looked at what. */
export function describe(query: Query): string {
  switch (query.is) {
    case "everything":
      return "all events";
    case "nothing":
      return "no events";
    case "all":
      return query.of.length === 0 ? "all events" : query.of.map(inParentheses).join(" and ");
    case "any":
      return query.of.length === 0 ? "no events" : query.of.map(inParentheses).join(" or ");
    case "not":
      return `not ${inParentheses(query.of)}`;
    case "equals":
      return `${query.field} is ${query.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "occurred":
      return [query.from && `from ${query.from}`, query.to && `before ${query.to}`].filter(Boolean).join(" and ") || "at any time";
    case "like":
      return `${query.field} fits ${query.patterns.map((pattern) => JSON.stringify(pattern)).join(" or ")}`;
    case "network":
      return `ip is in ${query.networks.join(" or ")}`;
    case "compare":
      return `${query.field} is ${comparisonWords[query.op]} ${query.value}`;
    case "has":
      return `${query.part} is present`;
    case "changed":
      return `${query.path} changed${query.before === undefined ? "" : ` from ${JSON.stringify(query.before)}`}${query.after === undefined ? "" : ` to ${JSON.stringify(query.after)}`}`;
    case "metadata":
      return `metadata.${query.path} is ${query.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "text":
      return `text${query.except?.length ? ` without ${query.except.join(" and ")}` : ""} contains${query.anywhere ? ", also within words," : ""} ${query.words.map((word) => JSON.stringify(word)).join(" and ")}`;
  }
}

const comparisonWords = { ">": "more than", ">=": "at least", "<": "less than", "<=": "at most" } as const;

const inParentheses = (query: Query): string => ((query.is === "all" || query.is === "any") && query.of.length > 1 ? `(${describe(query)})` : describe(query));

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
    case "text":
      return `text${query.except?.length ? ` without ${query.except.join(" and ")}` : ""} contains ${query.words.map((word) => JSON.stringify(word)).join(" and ")}`;
  }
}

const inParentheses = (query: Query): string => ((query.is === "all" || query.is === "any") && query.of.length > 1 ? `(${describe(query)})` : describe(query));

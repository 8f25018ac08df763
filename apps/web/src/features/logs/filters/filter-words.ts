import { statuses, type Status } from "@daybook/event";
import { keyInfo, printSearch, type Clause, type FacetKey, type KeyName } from "@daybook/query";
import { inWords } from "../../../ui/numbers.ts";
import { statusLooks } from "../../../ui/status-mark.tsx";

/** Words for a value that has a name besides its key: a person's, a team's. */
export type Labels = (key: KeyName, value: string) => string | undefined;

/** Values that a group lists although none of them may have occurred, in the order in which people look for them. */
export const usualValues: Partial<Record<FacetKey, readonly string[]>> = {
  status: statuses,
  operation: ["created", "updated", "deleted", "viewed", "executed", "cancelled", "shared", "revoked", "promoted"],
  resource_type: ["notebook", "experiment", "pipeline", "database", "collection", "query", "report", "user", "team", "permission"],
  namespace: ["connections", "pipelines", "data_products", "spaces", "users", "service_users", "api_tokens"],
};

const given: Partial<Record<KeyName, Record<string, string>>> = {
  namespace: { pipelines: "Data Pipelines", data_products: "Data Products", service_users: "Service Users", api_tokens: "API Tokens" },
  actor_type: { service_user: "Service account", api_key: "API key" },
  actor: { me: "Me" },
};
const spoken = new Set<KeyName>(["action", "operation", "namespace", "actor_type", "resource_type", "origin"]);
const isStatus = (value: string): value is Status => value in statusLooks;

export function valueWords(key: KeyName, value: string, label?: string): string {
  if (label !== undefined && label !== value) return label;
  if (key === "status" && isStatus(value)) return statusLooks[value].label;
  const own = given[key]?.[value];
  if (own !== undefined) return own;
  if (key === "resource_type") return severalOf(inWords(value));
  return spoken.has(key) ? inWords(value) : value;
}

/** A type is what many things are of: "Databases", "Queries". */
const severalOf = (words: string): string => (/[^aeiou]y$/.test(words) ? `${words.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(words) ? `${words}es` : `${words}s`);

export const groupTitles: Record<FacetKey, string> = {
  status: "Status",
  operation: "Operation",
  action: "Action",
  namespace: "Namespace",
  resource_type: "Resource type",
  resource: "Resource",
  actor: "Actor",
  actor_type: "Actor type",
  team: "Team",
  source: "Source",
  ip: "IP address",
  origin: "Origin",
};

const isGroup = (key: KeyName): key is FacetKey & KeyName => key in groupTitles;
const fieldName = (key: KeyName): string => (isGroup(key) ? groupTitles[key] : keyInfo[key].title);

interface ClauseWords {
  field: string;
  words: string;
}

/** One clause as a chip says it. */
export function clauseWords(clause: Clause, labels: Labels = () => undefined): ClauseWords {
  const not = clause.negated ? "not " : "";
  switch (clause.is) {
    case "key":
      return {
        field: fieldName(clause.key),
        words: not + inSeries(clause.values.map(({ text, glob }) => (glob ? text : valueWords(clause.key, text, labels(clause.key, text))))),
      };
    case "metadata":
      return { field: clause.path, words: not + inSeries(clause.values.map(({ text }) => text)) };
    case "compare":
      return { field: keyInfo[clause.key].title, words: not + afterColon(clause) };
    case "has":
      return { field: clause.negated ? "Has no" : "Has", words: inWords(clause.part).toLowerCase() };
    case "changed":
      return { field: clause.negated ? "Not changed" : "Changed", words: afterColon(clause) };
    case "text":
      return { field: clause.negated ? "Not text" : "Text", words: clause.anywhere ? `*${clause.text}*` : `“${clause.text}”` };
  }
}

const inSeries = (words: readonly string[]): string =>
  words.length < 3
    ? words.join(" or ")
    : words.length > 4
      ? `${words.slice(0, 3).join(", ")} or ${words.length - 3} more`
      : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

const afterColon = (clause: Clause): string => {
  const printed = printSearch([{ ...clause, negated: false }]);
  return printed.slice(printed.indexOf(":") + 1);
};

import { Refusal } from "@daybook/event";
import { networkOf, networkText } from "../address.ts";
import { allOf, anyOf, changed, compare, equals, everything, has, like, metadata, network, not } from "../ast.ts";
import type { ExactField, Query } from "../ast.ts";
import type { Clause, SearchValue } from "./clause.ts";
import { keyFields, numberKeyFields } from "./keys.ts";
import type { KeyName } from "./keys.ts";

/** Who asks, for `actor:me`. */
export interface Asker {
  me?: string | undefined;
}

/** What is asked. Words that are all to begin somewhere are one condition, which the index answers at once. */
export function clausesToQuery(clauses: readonly Clause[], asker: Asker = {}): Query {
  const words = clauses.flatMap((clause) => (isPlainText(clause) ? [clause.text] : []));
  const parts = clauses.filter((clause) => !isPlainText(clause)).map((clause) => (clause.negated ? not(positive(clause, asker)) : positive(clause, asker)));
  if (words.length > 0) parts.push({ is: "text", words });
  const [only] = parts;
  return only === undefined ? everything : parts.length === 1 ? only : allOf(...parts);
}

const isPlainText = (clause: Clause): clause is Extract<Clause, { is: "text" }> =>
  clause.is === "text" && !clause.negated && !clause.anywhere && addressed(clause.text) === null;

function positive(clause: Clause, asker: Asker): Query {
  switch (clause.is) {
    case "key":
      return ofKey(clause.key, clause.values, asker);
    case "metadata":
      return metadata(clause.path, ...textsOf(clause.values));
    case "compare":
      return compare(numberKeyFields[clause.key], clause.op, clause.value);
    case "has":
      return has(clause.part);
    case "changed":
      return changed(clause.path, {
        ...(clause.before !== undefined && { before: clause.before }),
        ...(clause.after !== undefined && { after: clause.after }),
      });
    case "text": {
      const words: Query = { is: "text", words: [clause.text], ...(clause.anywhere && { anywhere: true }) };
      const net = clause.anywhere ? null : addressed(clause.text);
      // Begun octets would begin other addresses as text: 192.168.1 begins 192.168.100.7.
      return net === null ? words : anyOf(network(net), { ...words, except: ["ip"] });
    }
  }
}

/** A bare word that is an address, a network, or two to four octets. */
function addressed(text: string): string | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){1,3}\.?(?:\/\d{1,2})?$/.test(text) && !/^[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*(?:\/\d{1,3})?$/i.test(text)) return null;
  const found = networkOf(text);
  return found && networkText(found);
}

const textsOf = (values: readonly SearchValue[]): string[] => values.map(({ text }) => text);

function ofKey(key: KeyName, values: readonly SearchValue[], { me }: Asker): Query {
  if (key === "action") return inFields(["action", "operation"], values);
  if (key === "tag") return metadata("tags", ...textsOf(values));
  if (key === "ip") return ofAddress(values);
  if (key === "actor" || key === "did_or_caused") return ofActor(key, values, me);
  return inFields(keyFields[key], values);
}

/** `me` is the id of who reads, and stands where ids do. */
function ofActor(key: "actor" | "did_or_caused", values: readonly SearchValue[], me: string | undefined): Query {
  const named = values.filter(({ text, glob }) => glob || text !== "me");
  if (named.length === values.length) return inFields(keyFields[key], values);
  if (me === undefined) throw new Refusal("invalid", `\`${key}:me\` is the person who reads. Here nobody does: name the actor.`, "filter.q");
  const self = equals("did_or_caused", me);
  return named.length === 0 ? self : anyOf(self, ...alternativesOf(inFields(keyFields[key], named)));
}

const alternativesOf = (query: Query): Query[] => (query.is === "any" ? query.of : [query]);

/** Any of the values in any of the fields. */
function inFields(fields: readonly ExactField[], values: readonly SearchValue[]): Query {
  const exact = values.filter(({ glob }) => !glob).map(({ text }) => text);
  const patterns = values.filter(({ glob }) => glob).map(({ text }) => text);
  return oneOf([
    ...(exact.length > 0 ? fields.map((field) => equals(field, ...exact)) : []),
    ...(patterns.length > 0 ? fields.map((field) => like(field, ...patterns)) : []),
  ]);
}

/** What is no address may still be what a product wrote in its place, such as the name of a service. */
function ofAddress(values: readonly SearchValue[]): Query {
  const networks: string[] = [];
  const others: SearchValue[] = [];
  for (const value of values) {
    const begun = value.glob ? /^(\d+(?:\.\d+){0,2})\.\*$/.exec(value.text)?.[1] : value.text;
    const found = begun === undefined ? null : networkOf(begun);
    if (found) networks.push(networkText(found));
    else others.push(value);
  }
  return oneOf([...(networks.length > 0 ? [network(...networks)] : []), ...(others.length > 0 ? alternativesOf(inFields(["ip"], others)) : [])]);
}

function oneOf(parts: Query[]): Query {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : anyOf(...parts);
}

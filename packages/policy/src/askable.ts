import { Refusal } from "@daybook/event";
import { allOf, like, not } from "@daybook/query";
import type { EventPart, ExactField, Query, TextPart } from "@daybook/query";
import { agentName, isMask } from "./mask.ts";
import type { Mask } from "./mask.ts";
import { mayMeetAddress, scrubberOf } from "./scrub.ts";

interface Blindness {
  emails: boolean;
  addresses: boolean;
  agents: boolean;
  payloads: { changes: boolean; metadata: boolean };
  parts: ReadonlySet<EventPart>;
  except: readonly TextPart[];
}

/**
 * What may be asked by somebody who sees events masked. An answer to "whose address is this?" tells the address, so a hidden field cannot be asked for:
 * alone it is refused, as one of several alternatives it is left out, and free text does not look at it. Two events that differ only in what is hidden
 * answer every question alike.
 */
export function askable(mask: Mask, query: Query): Query {
  if (!isMask(mask)) return query;
  const hides = new Set(mask.hides);
  const addresses = hides.has("context.ip") || mask.cuts.length > 0;
  const emails = hides.has("actor.email");
  const payloads = { changes: hides.has("changes"), metadata: hides.has("metadata") };
  const sentences = payloads.changes || payloads.metadata;
  // A short address still shows that there is one. What was taken out of the raw record is hidden from every masked reader.
  const parts: EventPart[] = ["redactions"];
  if (hides.has("context.ip")) parts.push("ip");
  if (hides.has("context.user_agent")) parts.push("user_agent");
  if (payloads.changes) parts.push("changes");
  if (payloads.metadata) parts.push("metadata");
  return blinded(query, {
    emails,
    addresses,
    agents: hides.has("context.user_agent"),
    payloads,
    parts: new Set(parts),
    except: [...(emails ? ["actor.email" as const] : []), ...(addresses ? ["ip" as const] : []), ...(sentences ? ["description" as const] : [])],
  });
}

function blinded(query: Query, blindness: Blindness): Query {
  switch (query.is) {
    case "everything":
    case "nothing":
    case "occurred":
    case "compare":
      return query;
    case "text":
      return blindness.except.length === 0 ? query : { ...query, except: [...new Set([...(query.except ?? []), ...blindness.except])] };
    case "all":
      return { is: "all", of: query.of.map((part) => blinded(part, blindness)) };
    case "any":
      return { is: "any", of: alternatives(query.of, blindness).map((part) => blinded(part, blindness)) };
    case "not":
      return { is: "not", of: blinded(query.of, blindness) };
    case "equals":
      demandShown(query.field, query.values, blindness);
      return query;
    case "like":
      return blindedLike(query, blindness);
    case "network":
      if (blindness.addresses) throw addressesHidden();
      return query;
    case "has":
      if (blindness.parts.has(query.part)) throw partHidden(query.part);
      return query;
    case "changed":
      demandShownChange(query, blindness);
      return query;
    case "metadata":
      demandShownMetadata(query, blindness);
      return query;
  }
}

/** One value is looked for in several fields at once, such as an actor's id, e-mail and name; what is left of them still answers. */
function alternatives(of: readonly Query[], blindness: Blindness): readonly Query[] {
  const left = of.filter((part) => !isHidden(part, blindness));
  return left.length === 0 ? of : left;
}

function isHidden(part: Query, { emails, addresses }: Blindness): boolean {
  if (part.is === "network") return addresses;
  return (part.is === "equals" || part.is === "like") && ((part.field === "actor.email" && emails) || (part.field === "ip" && addresses));
}

function demandShown(field: ExactField, values: readonly string[], blindness: Blindness): void {
  if (blindness.emails && field === "actor.email") throw emailsHidden();
  if (blindness.addresses && field === "ip") throw addressesHidden();
  for (const value of values) demandShownText(value, blindness);
}

function demandShownText(text: string, { emails, addresses }: Blindness): void {
  if (emails && text.includes("@")) throw emailsHidden();
  if (addresses && (looksLikeAddress(text) || withoutAddresses(text) !== text)) throw addressesHidden();
}

/** Fields whose values Daybook gives: no address stands in them. */
const given: ReadonlySet<ExactField> = new Set(["id", "log_type", "action", "status", "origin", "actor.type", "import_id", "token_id"]);

/**
 * A pattern names only part of a value, and the rest may be hidden. Values with an e-mail address are not looked at, because any part of a word may belong
 * to one; a pattern whose letters could stand within an IP address is refused.
 */
function blindedLike(query: Extract<Query, { is: "like" }>, blindness: Blindness): Query {
  const { field, patterns } = query;
  demandShown(field, patterns, blindness);
  if (given.has(field)) return query;
  if (blindness.addresses && patterns.some((pattern) => pattern.split("*").some(mayMeetAddress))) throw addressesHidden();
  return blindness.emails ? allOf(query, not(like(field, "*@*"))) : query;
}

/** The path is asked for by its end, so that it is a pattern, too. */
function demandShownChange({ path, before, after }: Extract<Query, { is: "changed" }>, blindness: Blindness): void {
  if (blindness.payloads.changes) throw partHidden("changes");
  for (const text of [path, before, after]) if (text !== undefined) demandShownText(text, blindness);
  if (blindness.addresses && mayMeetAddress(`.${path}`)) throw addressesHidden();
  if (blindness.agents && (before !== undefined || after !== undefined) && agentName.test(path)) throw partHidden("user_agent");
}

function demandShownMetadata({ path, values }: Extract<Query, { is: "metadata" }>, blindness: Blindness): void {
  if (blindness.payloads.metadata) throw partHidden("metadata");
  const steps = path.split(".");
  for (const text of [path, ...steps, ...values]) demandShownText(text, blindness);
  // Payloads name browsers under a key that says so, and in changes that they quote.
  if (blindness.agents && steps.some((step) => agentName.test(step) || step === "before" || step === "after")) throw partHidden("user_agent");
}

const emailsHidden = () => new Refusal("forbidden", "E-mail addresses are hidden from you, so the log cannot be searched by one.");
const addressesHidden = () => new Refusal("forbidden", "IP addresses are not shown to you in full, so the log cannot be searched by one.");

const hiddenParts: Partial<Record<EventPart, string>> = {
  ip: "Who has an IP address is hidden from you",
  user_agent: "Browsers are hidden from you",
  changes: "Changes are hidden from you",
  metadata: "Metadata is hidden from you",
  redactions: "You are not shown all that was taken out of events",
};
const partHidden = (part: EventPart) => new Refusal("forbidden", `${hiddenParts[part] ?? "This is hidden from you"}, so the log cannot be searched by it.`);

const looksLikeAddress = (value: string): boolean => /(?:\d{1,3}\.){3}\d{1,3}/.test(value) || /^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(value);

/** The same that hides them within the texts of an event. */
const withoutAddresses = scrubberOf({ emails: false, addresses: "hidden" });

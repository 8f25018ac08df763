import { Refusal } from "@daybook/event";
import type { ExactField, Query, TextPart } from "@daybook/query";
import { isMask } from "./mask.ts";
import type { Mask } from "./mask.ts";
import { scrubberOf } from "./scrub.ts";

interface Blindness {
  emails: boolean;
  addresses: boolean;
  except: readonly TextPart[];
}

/**
 * What may be asked by somebody who sees events masked. An answer to "whose address is this?" tells the address, so a hidden field cannot be asked for:
 * alone it is refused, as one of several alternatives it is left out, and free text does not look at it.
 */
export function askable(mask: Mask, query: Query): Query {
  if (!isMask(mask)) return query;
  const addresses = mask.hides.includes("context.ip") || mask.cuts.length > 0;
  const emails = mask.hides.includes("actor.email");
  const sentences = mask.hides.includes("changes") || mask.hides.includes("metadata");
  return blinded(query, {
    emails,
    addresses,
    except: [...(emails ? ["actor.email" as const] : []), ...(addresses ? ["ip" as const] : []), ...(sentences ? ["description" as const] : [])],
  });
}

function blinded(query: Query, blindness: Blindness): Query {
  switch (query.is) {
    case "everything":
    case "nothing":
    case "occurred":
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
  }
}

/** One value is looked for in several fields at once, such as an actor's id, e-mail and name; what is left of them still answers. */
function alternatives(of: readonly Query[], blindness: Blindness): readonly Query[] {
  const left = of.filter((part) => part.is !== "equals" || !isHidden(part.field, blindness));
  return left.length === 0 ? of : left;
}

const isHidden = (field: ExactField, { emails, addresses }: Blindness): boolean => (field === "actor.email" && emails) || (field === "ip" && addresses);

function demandShown(field: ExactField, values: readonly string[], blindness: Blindness): void {
  if (blindness.emails && (field === "actor.email" || values.some((value) => value.includes("@"))))
    throw new Refusal("forbidden", "E-mail addresses are hidden from you, so the log cannot be searched by one.");
  if (blindness.addresses && (field === "ip" || values.some((value) => looksLikeAddress(value) || withoutAddresses(value) !== value)))
    throw new Refusal("forbidden", "IP addresses are not shown to you in full, so the log cannot be searched by one.");
}

const looksLikeAddress = (value: string): boolean => /(?:\d{1,3}\.){3}\d{1,3}/.test(value) || /^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(value);

/** The same that hides them within the texts of an event. */
const withoutAddresses = scrubberOf({ emails: false, addresses: "hidden" });

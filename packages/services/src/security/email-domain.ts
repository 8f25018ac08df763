import { domainToASCII } from "node:url";
import { z } from "zod";

const domainLengthMax = 253;
const domainsMax = 50;

/** In small letters and ASCII, as it is compared everywhere. */
const emailDomain = z
  .string()
  .trim()
  .transform((text) => domainToASCII(text.replace(/^@/, "").toLowerCase()))
  .refine((text) => text.length <= domainLengthMax && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(text), {
    message: "is not a domain such as example.com",
  });

/** Without repeats, in order. */
export const emailDomains = z
  .array(emailDomain)
  .max(domainsMax)
  .transform((domains) => [...new Set(domains)].toSorted());

/** The domain of an address, or null for what is no address. */
export function domainOf(email: string): string | null {
  const parsed = emailDomain.safeParse(email.slice(email.lastIndexOf("@") + 1));
  return email.lastIndexOf("@") > 0 && parsed.success ? parsed.data : null;
}

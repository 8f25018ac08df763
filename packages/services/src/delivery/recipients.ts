import { members } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";

const recipientsMax = 50;
const addressLengthMax = 254;

/** Who gets a mail. An address that stands twice, in whatever case, gets it once. */
export const recipientList = z
  .array(z.email("is not an e-mail address").max(addressLengthMax))
  .max(recipientsMax)
  .transform((addresses) => addresses.filter((address, at) => addresses.findIndex((other) => other.toLowerCase() === address.toLowerCase()) === at));

/** Without those who were removed from the organization or are suspended in it: what is sent tells of its log. Readers from outside stay. */
export async function withoutShutOut(tx: Tx, organizationId: string, recipients: readonly string[]): Promise<string[]> {
  if (recipients.length === 0) return [];
  const emails = recipients.map((address) => address.toLowerCase());
  const known = await members.standingOf(tx, organizationId, emails);
  const shutOut = new Set(known.filter(({ status }) => status !== "active").map(({ email }) => email));
  return recipients.filter((address) => !shutOut.has(address.toLowerCase()));
}

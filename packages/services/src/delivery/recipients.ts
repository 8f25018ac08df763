import { z } from "zod";

const recipientsMax = 50;
const addressLengthMax = 254;

/** Who gets a mail. An address that stands twice, in whatever case, gets it once. */
export const recipientList = z
  .array(z.email("is not an e-mail address").max(addressLengthMax))
  .max(recipientsMax)
  .transform((addresses) => addresses.filter((address, at) => addresses.findIndex((other) => other.toLowerCase() === address.toLowerCase()) === at));

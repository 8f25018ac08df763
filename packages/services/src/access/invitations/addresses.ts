import { z } from "zod";

export const addressesMax = 50;
const addressLengthMax = 254;
const listLengthMax = addressesMax * (addressLengthMax + 2);

/** One a line, or parted by commas or semicolons. */
export const addressList = z.string().max(listLengthMax, `is too long: ${addressesMax} addresses at a time`).transform(splitAddresses);

/** What somebody calls themselves. */
export const personName = z.string().trim().min(1, "tell your name").max(100);

const address = z.email().max(addressLengthMax);

/** Each address once, in small letters; what is none stays as it was typed, for the answer that says so. */
function splitAddresses(text: string): string[] {
  const typed = text.split(/[\s,;]+/u).filter((part) => part !== "");
  return [...new Set(typed.map((part) => (isAddress(part) ? part.toLowerCase() : part)))];
}

export const isAddress = (text: string): boolean => address.safeParse(text).success;

export const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1);

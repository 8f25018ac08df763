import { parseSearch } from "./parse.ts";
import { printSearch } from "./print.ts";

/** The one way to write what a text says; what is not understood falls out. */
export const canonicalSearch = (text: string): string => printSearch(parseSearch(text).clauses);

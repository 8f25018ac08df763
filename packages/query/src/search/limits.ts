/** A longer search, in UTF-16 code units, is a pasted text. */
export const searchLengthMax = 2000;
/** Clauses of one search. */
export const searchClausesMax = 50;
/** Values of one clause. */
export const searchValuesMax = 100;
/** Problems told at once: who has more has pasted something else than a search. */
export const searchProblemsMax = 20;

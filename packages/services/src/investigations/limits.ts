/** Bounds of cases and weekly reviews, in characters where nothing else is said. */
export const titleLengthMax = 200;
export const subjectLengthMax = 512;
export const noteLengthMax = 4_000;
export const conclusionLengthMax = 4_000;
export const pinsMax = 500;
/** Events that one request may pin. */
export const pinsAtOnceMax = 200;
export const notesMax = 200;
/** Cases on one page of the list. */
export const casesPageMax = 100;
export const casesPageDefault = 50;
/** Weeks back that can be looked through. */
export const weeksBackMax = 53;
export const statementLengthMax = 4_000;
/** Actions that are told by name among those seen for the first time. */
export const newActionsMax = 40;
/** Other actions that a search for those would find too, and that it leaves out by name. */
export const otherActionsMax = 40;
/** No further than this is counted; "10,000+". */
export const countedMax = 10_000;

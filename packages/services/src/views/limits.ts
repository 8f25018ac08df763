/** Of one member. */
export const viewsOfOwnerMax = 100;
/** Of one organization: with it or with one of its teams. */
export const sharedViewsMax = 200;
/** Of one member. */
export const starsMax = 100;
export const viewNameLengthMax = 100;
export const viewDescriptionLengthMax = 500;
/** How long the console offers to undo a deletion. */
export const undoSeconds = 10;
/** What the server allows besides: the way there, and a person who pressed at the last moment. */
export const undoGraceSeconds = 10;
/** How long a deleted view is kept, so that a link to it can say what became of it. */
export const deletedDaysMax = 30;
export const deletedViewsMax = 500;

export const linkPathBytesMax = 8_192;
export const linkIdBytes = 16;
export const linkDays = 365;
/** Of one organization; ended ones are removed whenever a new one is made. */
export const linksMax = 10_000;
/** Of one member. */
export const linksPerMinuteMax = 20;

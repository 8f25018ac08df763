/** Of one organization. */
export const groupsMax = 10_000;
/** Of one organization and one kind. */
export const sharedObjectsMax = 10_000;
export const groupMembersMax = 10_000;
/** Members, and as many groups, with access of their own to one object. */
export const accessEntriesMax = 10_000;
export const inventoryPageMax = 200;
export const inventoryPageDefault = 50;
export const nameLengthMax = 100;
export const descriptionLengthMax = 1_000;
export const kindLengthMax = 60;
export const externalIdLengthMax = 200;
export const cursorLengthMax = 1_000;

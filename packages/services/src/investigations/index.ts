export type { CaseLine, CaseStepView, CaseView, ListedCaseLine, TimelineEntry, UnseenPin } from "./case-view.ts";
export { createCase, editStep, getCase, listCases, listRecipes, updateCase } from "./cases.ts";
export { closeCase, reopenCase } from "./closing.ts";
export { addNote, editNote, removeNote } from "./notes.ts";
export { pinEvents, unpinEvent } from "./pins.ts";
export type { Recipe, RecipeStep, StepShow } from "./recipes/index.ts";
export { checkItem, reopenReview, signOff, uncheckItem } from "./review-changes.ts";
export { getReview, listReviews } from "./reviews.ts";
export type { ReviewedWeek, ReviewItemView, ReviewSignature, ReviewView } from "./reviews.ts";

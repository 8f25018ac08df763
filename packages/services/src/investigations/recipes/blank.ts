import { defineRecipe } from "./define-recipe.ts";

/** For what somebody found while looking around: pins first, and one search of their own. */
export const blank = defineRecipe({
  id: "blank",
  title: "Blank case",
  about: "A search of your own, and whatever you pin.",
  asks: [],
  titleOf: () => "Untitled",
  steps: [{ id: "search", title: "Search", question: "What do you look for?", show: { as: "rows" }, q: () => "" }],
});

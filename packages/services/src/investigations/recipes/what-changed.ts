import { calledBy, defineRecipe, keyClause, ofSubject, textOf } from "./define-recipe.ts";

const changing = keyClause("operation", "created", "updated", "deleted", "imported", "shared", "granted", "revoked", "promoted");

export const whatChanged = defineRecipe({
  id: "what_changed",
  title: "What changed",
  about: "Something is not as it was: find who changed it, when, and from what to what.",
  asks: ["resource"],
  titleOf: (subject) => `What changed in ${calledBy(subject)}`,
  steps: [
    {
      id: "changes",
      title: "Changes",
      question: "What was done to it that changed something?",
      show: { as: "rows" },
      q: (subject) => textOf(ofSubject(subject), changing),
    },
    {
      id: "before_after",
      title: "Before and after",
      question: "Which changes say what was there before?",
      show: { as: "rows" },
      q: (subject) => textOf(ofSubject(subject), { negated: false, is: "has", part: "changes" }),
      nothing: "No change of it says what was before and after: whoever logged it left that out, or nothing was changed.",
    },
    {
      id: "who",
      title: "Who",
      question: "Who changed it?",
      show: { as: "top", by: "actor" },
      q: (subject) => textOf(ofSubject(subject), changing),
    },
    {
      id: "everything",
      title: "Everything around it",
      question: "What else happened to it, looking and running included?",
      show: { as: "timeline" },
      q: (subject) => textOf(ofSubject(subject)),
    },
  ],
});

import { calledBy, defineRecipe, keyClause, ofSubject, textOf } from "./define-recipe.ts";

export const failedOperation = defineRecipe({
  id: "failed_operation",
  title: "Failed operation",
  about: "A run, a synchronisation or a request failed: find the error, what led to it, and whether it was the first time.",
  asks: ["resource", "operation", "event"],
  titleOf: (subject) => (subject.kind === "event" ? "An event that failed" : `${subject.kind === "operation" ? "Operation " : ""}${calledBy(subject)} failed`),
  steps: [
    {
      id: "failures",
      title: "Failures",
      question: "What failed, and with which error?",
      show: { as: "rows" },
      q: (subject) => textOf(ofSubject(subject), keyClause("status", "failed")),
    },
    {
      id: "how_often",
      title: "How often",
      question: "Is it the first time?",
      show: { as: "timeline" },
      q: (subject) => textOf(ofSubject(subject), keyClause("status", "failed")),
    },
    {
      id: "around",
      title: "Before and after",
      question: "What else happened to it, changes included?",
      show: { as: "rows" },
      q: (subject) => textOf(ofSubject(subject)),
    },
    {
      id: "who",
      title: "Who",
      question: "Who started or changed it?",
      show: { as: "top", by: "actor" },
      q: (subject) => textOf(ofSubject(subject)),
    },
  ],
});

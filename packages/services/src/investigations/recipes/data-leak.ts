import { changesOfAccess } from "./changes-of-access.ts";
import { calledBy, defineRecipe, keyClause, naming, textOf, withoutCases } from "./define-recipe.ts";

export const dataLeak = defineRecipe({
  id: "data_leak",
  title: "Data leak",
  about: "Data is where it should not be: find who read it, who took it out, and who was allowed to.",
  asks: ["resource"],
  titleOf: (subject) => `Leak of ${calledBy(subject)}`,
  steps: [
    {
      id: "affected",
      title: "What is affected",
      question: "Which events name it?",
      show: { as: "top", by: "resource" },
      q: (subject) => textOf(naming(subject), withoutCases),
    },
    {
      id: "readers",
      title: "Who read it",
      question: "Who looked at it or ran something on it?",
      show: { as: "top", by: "actor" },
      q: (subject) => textOf(naming(subject), keyClause("operation", "viewed", "executed", "exported")),
    },
    {
      id: "exports",
      title: "Downloads and exports",
      question: "When did it leave, and how much of it?",
      show: { as: "rows" },
      q: (subject) => textOf(naming(subject), keyClause("operation", "exported")),
      nothing: "The log holds no download or export of it in this time. A copy by a way that is not logged would leave no event.",
    },
    {
      id: "permission",
      title: "Who had permission",
      question: "Who was given access to it, or had it taken away, and when?",
      show: { as: "rows" },
      q: (subject) => textOf(naming(subject), ...changesOfAccess),
      nothing: "Unknown: the log holds no event of this time that gave or took access to it. Access that was given earlier, or elsewhere, is not told here.",
    },
    {
      id: "timeline",
      title: "Timeline",
      question: "In which order did it happen?",
      show: { as: "timeline" },
      q: (subject) =>
        textOf(
          naming(subject),
          withoutCases,
          keyClause("operation", "viewed", "executed", "exported", "shared", "granted", "revoked", "updated", "created", "deleted"),
        ),
    },
  ],
});

import { changesOfAccess } from "./changes-of-access.ts";
import { calledBy, defineRecipe, keyClause, ofSubject, textOf } from "./define-recipe.ts";

export const oneUser = defineRecipe({
  id: "one_user",
  title: "One user",
  about: "What one person, key or service did: where from, on what, and what came of it.",
  asks: ["actor"],
  titleOf: (subject) => `What ${calledBy(subject)} did`,
  steps: [
    {
      id: "everything",
      title: "Everything",
      question: "What did they do, and when?",
      show: { as: "timeline" },
      q: (subject) => textOf(ofSubject(subject)),
    },
    {
      id: "addresses",
      title: "Addresses",
      question: "Where from?",
      show: { as: "top", by: "ip" },
      q: (subject) => textOf(ofSubject(subject)),
    },
    {
      id: "resources",
      title: "Resources",
      question: "What did they touch most?",
      show: { as: "top", by: "resource" },
      q: (subject) => textOf(ofSubject(subject)),
    },
    {
      id: "failed",
      title: "Failed",
      question: "What did they try in vain?",
      show: { as: "rows" },
      q: (subject) => textOf(ofSubject(subject), keyClause("status", "failed")),
    },
    {
      id: "exports",
      title: "Exports",
      question: "What did they take out?",
      show: { as: "rows" },
      q: (subject) => textOf(ofSubject(subject), keyClause("operation", "exported")),
    },
    {
      id: "access",
      title: "Access",
      question: "Whose access did they change?",
      show: { as: "rows" },
      q: (subject) => textOf(ofSubject(subject), ...changesOfAccess),
    },
  ],
});

import { expect, test } from "vitest";
import { closedSentence, matchOf, offerSentence } from "./invite-words.ts";

const offer = {
  email: "bob@acme.example",
  hasAccount: false,
  signedInAs: null,
  invitedBy: "Alice Chen",
  organization: { name: "Acme", slug: "acme" },
  role: { id: "admin" as const, title: "Admin", article: "an", sentence: "Sees the log." },
};

test("whoever opens the link is told the one step that is theirs", () => {
  expect(matchOf(offer)).toBe("new");
  expect(matchOf({ ...offer, hasAccount: true })).toBe("signed_out");
  expect(matchOf({ ...offer, hasAccount: true, signedInAs: { name: "Bob", email: "BOB@acme.example" } })).toBe("same");
  expect(matchOf({ ...offer, signedInAs: { name: "Eve", email: "eve@acme.example" } })).toBe("other");
});

test("the page says who invited, to what, and as what", () => {
  expect(offerSentence(offer)).toBe("Alice Chen invited you to Acme as an admin.");
});

test("a link that opens nothing says why and whom to ask", () => {
  expect(closedSentence(offer, "expired")).toMatch(/expired\. Ask Alice Chen/);
  expect(closedSentence(offer, "revoked")).toMatch(/revoked.*Alice Chen/);
  expect(closedSentence(offer, "accepted")).toMatch(/accepted already\. Sign in/);
  expect(closedSentence(offer, "replaced")).toMatch(/newer invitation/);
});

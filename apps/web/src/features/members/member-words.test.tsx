import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { InviteResults } from "./invite-results.tsx";
import { invitedCount, mailWords, previewSentences, signInText, typedAddresses, type InviteOutcome } from "./member-words.ts";
import { RolePicker } from "./role-picker.tsx";

test("a role's gain and loss are told in events, and a number that is not exact says so", () => {
  const preview = { before: 2, after: 31_206, gained: 31_204, lost: 0, exact: false };
  expect(previewSentences(preview, "Bob")).toEqual(["Bob will also see ≈ 31,204 events."]);
  expect(previewSentences({ ...preview, gained: 1, lost: 12, exact: true }, "Bob")).toEqual([
    "Bob will also see 1 event.",
    "Bob will no longer see 12 events that they see now.",
  ]);
  expect(previewSentences({ ...preview, gained: 0, lost: 0 }, "Bob")).toEqual(["Bob will see the same events as now."]);
});

test("addresses are read one a line or parted by commas, each once", () => {
  expect(typedAddresses(" a@x.test, b@x.test\n\nc@x.test;a@x.test ")).toEqual(["a@x.test", "b@x.test", "c@x.test"]);
  expect(typedAddresses("  \n ")).toEqual([]);
});

test("ways to sign in are said in words", () => {
  expect(signInText({ signInMethods: ["password", "single_sign_on"] })).toBe("Password, Single sign-on");
  expect(signInText({ signInMethods: [] })).toBe("None yet");
});

test("what became of a mail is told while the invitation waits, and not after", () => {
  expect(mailWords({ mail: "failed", state: "open" })).toContain("could not be delivered");
  expect(mailWords({ mail: "failed", state: "accepted" })).toBeNull();
  expect(mailWords({ mail: "sent", state: "open" })).toBeNull();
});

const outcomes: InviteOutcome[] = [
  { email: "new@x.test", outcome: "invited", id: "1", link: "https://daybook.test/invite/abc" },
  { email: "back@x.test", outcome: "reinvited", id: "2", link: null },
  { email: "bob@x.test", outcome: "already_member", sentence: "bob@x.test is a member already." },
];

test("after inviting, each address is told apart, and a link is there to copy and not to read", () => {
  const html = renderToStaticMarkup(<InviteResults outcomes={outcomes} onClose={() => {}} />);
  expect(invitedCount(outcomes)).toBe(2);
  expect(html).toContain("Invited again");
  expect(html).toContain("bob@x.test is a member already.");
  expect(html).toContain("2 invitations made");
  expect(html).toContain("Copy link");
  expect(html).not.toContain("/invite/abc");
});

test("where a mail server carries the links, none is spoken of", () => {
  const html = renderToStaticMarkup(<InviteResults outcomes={outcomes.slice(1)} onClose={() => {}} />);
  expect(html).toContain("1 invitation sent");
  expect(html).not.toContain("Copy link");
});

test("only roles that may be given are offered, each with what it lets one do, as radio buttons of one group", () => {
  const html = renderToStaticMarkup(<RolePicker legend="They join as" roles={["admin", "member"]} value="member" onChange={() => {}} />);
  expect(html.match(/type="radio"/g)).toHaveLength(2);
  expect(html).not.toContain("Owner");
  expect(html).toContain("<legend");
  expect(html).toMatch(/checked=""/);
});

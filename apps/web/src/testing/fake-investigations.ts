import type { CaseView, ListedCase, Recipe } from "../features/investigate/case-words.ts";
import type { Review, ReviewedWeek } from "../features/weekly-review/review-words.ts";
import type { inferOutput, Trpc } from "../trpc.ts";
import { fakeEvents, rowOf } from "./fake-events.ts";

const events = fakeEvents(420, Date.parse("2026-11-20T12:03:10.245Z")).map(rowOf);
const at = (index: number) => {
  const event = events[index];
  if (!event) throw new Error("the fake log has so many events");
  return event;
};

const recipe = (id: string, title: string, about: string, asks: Recipe["asks"], ...steps: string[]): Recipe => ({ id, title, about, asks, steps });
const recipes: Recipe[] = [
  recipe("what_changed", "What changed", "Something is not as it was: find who changed it.", ["resource"], "Changes", "Before and after", "Who"),
  recipe("one_user", "One user", "What one person, key or service did.", ["actor"], "Everything", "Addresses", "Exports"),
  recipe("data_leak", "Data leak", "Data is where it should not be.", ["resource"], "What is affected", "Who read it", "Downloads and exports", "Timeline"),
  recipe("failed_operation", "Failed operation", "A run or a request failed.", ["resource", "operation", "event"], "Failures", "How often"),
  recipe("blank", "Blank case", "A search of your own, and whatever you pin.", [], "Search"),
];

const step = (id: string, title: string, question: string, show: CaseView["steps"][number]["show"], q: string, original = q) => ({
  id,
  title,
  question,
  show,
  q,
  original,
  nothing: null,
});

export const fakeCase: CaseView = {
  id: "0193cccc-0000-7000-8000-000000000012",
  number: 12,
  title: "Leak of orders",
  recipe: { id: "data_leak", title: "Data leak" },
  subject: { kind: "resource", value: "orders" },
  state: "open",
  createdBy: "Alice Chen",
  createdAt: "2026-11-20T10:00:00.000Z",
  updatedBy: "Alice Chen",
  updatedAt: "2026-11-20T11:00:00.000Z",
  from: "2026-11-01T00:00:00.000Z",
  to: null,
  conclusion: null,
  revision: 3,
  steps: [
    step("affected", "What is affected", "Which events name it?", { as: "top", by: "resource" }, ""),
    step("readers", "Who read it", "Who looked at it or ran something on it?", { as: "top", by: "actor" }, "operation:(viewed OR executed)"),
    step("exports", "Downloads and exports", "When did it leave, and how much of it?", { as: "rows" }, "namespace:reports", "operation:exported orders"),
    step("permission", "Who had permission", "Who was given access to it, and when?", { as: "rows" }, "zebra"),
    step("timeline", "Timeline", "In which order did it happen?", { as: "timeline" }, ""),
  ].map((each) => (each.id === "permission" ? { ...each, nothing: "Unknown: the log holds no event of this time that gave or took access to it." } : each)),
  timeline: [
    { kind: "event", at: at(9).occurred_at, event: at(9), note: "Here it began", pinnedBy: "Alice Chen", pinnedAt: "2026-11-20T10:10:00.000Z" },
    {
      kind: "note",
      at: at(4).occurred_at,
      id: "n_1",
      text: "Asked Bob: the export was planned, the second one was not.",
      writtenBy: "Alice Chen",
      editedBy: "Bob Martin",
    },
    { kind: "event", at: at(2).occurred_at, event: at(2), note: "", pinnedBy: "Bob Martin", pinnedAt: "2026-11-20T10:20:00.000Z" },
  ],
  unseen: [{ eventId: "0193dddd-0000-7000-8000-000000000001", note: "Seen by the owner", pinnedBy: "Olivia Owner", pinnedAt: "2026-11-20T10:30:00.000Z" }],
};

export const closedCase: CaseView = { ...fakeCase, state: "closed", conclusion: "A stolen laptop; keys were changed and customers told." };

const listed = (
  { id, number, title, recipe: from, subject, state, createdBy, createdAt, updatedBy, updatedAt }: CaseView,
  more: Partial<ListedCase> = {},
): ListedCase => ({
  id,
  number,
  title,
  recipe: from,
  subject,
  state,
  createdBy,
  createdAt,
  updatedBy,
  updatedAt,
  pins: 3,
  notes: 1,
  ...more,
});
const cases: ListedCase[] = [
  listed(fakeCase),
  listed(fakeCase, {
    id: "0193cccc-0000-7000-8000-000000000011",
    number: 11,
    title: "What alice.with.a.rather.long.address@subsidiary.company.example did",
    recipe: { id: "one_user", title: "One user" },
    pins: 0,
    notes: 0,
  }),
];

const item = (id: string, title: string, about: string, q: string, count: number, before: number, checked: Review["items"][number]["checked"] = null) => ({
  item: id,
  title,
  about,
  q,
  count,
  before,
  checked,
  capped: count >= 10_000,
  beforeCapped: false,
});
const looked = { by: "Alice Chen", at: "2026-11-19T09:00:00.000Z", note: "The new colleague, as planned" };
const fakeReview: Review = {
  week: "2026-11-09",
  until: "2026-11-15",
  from: "2026-11-08T23:00:00.000Z",
  to: "2026-11-15T23:00:00.000Z",
  zone: "Europe/Paris",
  previous: "2026-11-02",
  next: null,
  items: [
    item("permission_changes", "Permission changes", "Somebody gained or lost access.", "operation:(granted OR revoked)", 14, 14, looked),
    item("failed_operations", "Failed operations", "What was tried in vain.", "status:failed", 49, 46, { ...looked, note: "" }),
    item("large_exports", "Large exports", "More than 10,000 rows left at once.", "operation:exported rows:>10000", 10_000, 3),
    item("new_actions", "New actions", "Kinds of events that were never seen before that week.", "", 0, 0),
  ],
  state: "open",
  signature: null,
};
export const signedReview: Review = {
  ...fakeReview,
  items: fakeReview.items.map((each) => ({ ...each, checked: looked })),
  state: "signed",
  signature: { by: "Alice Chen", at: "2026-11-19T09:10:00.000Z", statement: "Looked at everything; two exports were asked about.", figures: [] },
};
const weeks: ReviewedWeek[] = [
  { week: "2026-11-09", until: "2026-11-15", state: "due", signature: null },
  { week: "2026-11-02", until: "2026-11-08", state: "overdue", signature: null },
  {
    week: "2026-10-26",
    until: "2026-11-01",
    state: "signed",
    signature: { by: "Bob Martin", at: "2026-11-02T08:00:00.000Z", statement: "Nothing of note; the failures are those of the migration." },
  },
  { week: "2026-10-19", until: "2026-10-25", state: "reopened", signature: { by: "Bob Martin", at: "2026-10-26T08:00:00.000Z", statement: "All fine" } },
];

/** Cases and the weekly review, as one server would answer that forgets what it is told. */
export const fakeInvestigationAnswers = (input: unknown): Record<string, () => unknown> => {
  const asked = (input ?? {}) as { state?: string; number?: number; containing?: string; week?: string };
  return {
    "cases.recipes": () => recipes satisfies inferOutput<Trpc["cases"]["recipes"]>,
    "cases.list": () =>
      ({
        cases:
          asked.state === "closed" ? [listed(closedCase)] : cases.filter(({ title }) => title.toLowerCase().includes((asked.containing ?? "").toLowerCase())),
        nextCursor: null,
      }) satisfies inferOutput<Trpc["cases"]["list"]>,
    "cases.get": () =>
      asked.number === 11 ? { ...fakeCase, number: 11, timeline: [], unseen: [] } : asked.number === 10 ? { ...closedCase, number: 10 } : fakeCase,
    "cases.create": () => ({ id: fakeCase.id, number: 12 }),
    ...Object.fromEntries(["update", "close", "reopen"].map((verb) => [`cases.${verb}`, () => ({ revision: 4 })])),
    "cases.editStep": () => ({ q: "" }),
    "cases.pin": () => ({ pinned: 1 }),
    "cases.addNote": () => ({ id: "n_2" }),
    ...Object.fromEntries(["unpin", "editNote", "removeNote"].map((verb) => [`cases.${verb}`, () => ({ changed: true })])),
    "reviews.get": () => (asked.week === "2026-10-26" ? { ...signedReview, week: asked.week, until: "2026-11-01" } : fakeReview),
    "reviews.list": () => ({ weeks, more: false }) satisfies inferOutput<Trpc["reviews"]["list"]>,
    ...Object.fromEntries(["check", "uncheck", "signOff", "reopen"].map((verb) => [`reviews.${verb}`, () => ({})])),
  };
};

import fc from "fast-check";
import { expect, test } from "vitest";
import { statuses } from "./audit-event.ts";
import type { Status } from "./audit-event.ts";
import { foldOperation, isTerminal, operationFacts, operationState } from "./operation.ts";
import type { OperationEvent } from "./operation.ts";

const event = (seq: number, second: number, status: Status, more: Partial<OperationEvent> = {}): OperationEvent => ({
  seq,
  occurred_at: new Date(Date.UTC(2026, 10, 20, 12, 0, second)).toISOString(),
  status,
  action: `pipeline_${status}`,
  namespace: "pipelines",
  actor: { type: "user", id: `u${seq}` },
  resource: null,
  description: `Event ${seq}`,
  duration_ms: null,
  ...more,
});
const folded = (...events: OperationEvent[]) => {
  const operation = foldOperation(events);
  if (!operation) throw new Error("events make an operation");
  return operation;
};
const facts = (...events: OperationEvent[]) => operationFacts(folded(...events));

const begin = event(1, 0, "in_progress");
const end = event(2, 90, "success", { duration_ms: 85_000 });

test("nothing is no operation", () => {
  expect(foldOperation([])).toBeNull();
});

test("a begin runs until its end, which says how long it took", () => {
  expect(facts(begin)).toMatchObject({ status: "in_progress", startedAt: begin.occurred_at, endedAt: null, durationMs: null, waitingSince: null });
  expect(facts(begin, end)).toMatchObject({ status: "success", startedAt: begin.occurred_at, endedAt: end.occurred_at, durationMs: 90_000 });
});

test.each<[string, OperationEvent[], number | null]>([
  ["without a begin, what the end says", [end], 85_000],
  ["without a begin and a word of the end, from the first to the last event", [event(1, 10, "success"), event(2, 25, "failed")], 15_000],
  ["unknown for one event that says nothing", [event(1, 0, "success")], null],
  ["unknown while it runs", [end, event(3, 100, "in_progress")], null],
])("its duration is %s", (_, events, expected) => {
  expect(facts(...events).durationMs).toBe(expected);
});

test("an end at the very time of the begin ends it, in whatever order the two came", () => {
  const swift = event(5, 0, "failed");
  expect(facts(begin, swift)).toMatchObject({ status: "failed", durationMs: 0, outOfOrder: false });
  expect(facts({ ...begin, seq: 9 }, swift)).toMatchObject({ status: "failed", durationMs: 0, outOfOrder: true });
});

test("an approval is waited for since the word that asked for it, until there is an answer", () => {
  const asked = event(1, 5, "pending_approval");
  expect(facts(asked)).toMatchObject({ status: "pending_approval", waitingSince: asked.occurred_at, endedAt: null });
  expect(facts(asked, event(2, 9, "success"))).toMatchObject({ waitingSince: null, durationMs: 4_000 });
});

test("a retry after a failure runs again", () => {
  expect(facts(begin, event(2, 10, "failed"), event(3, 20, "in_progress"))).toMatchObject({ status: "in_progress", endedAt: null });
});

test("whoever did the first thing is its actor, and the last word is its description", () => {
  expect(folded(end, begin)).toMatchObject({ first: { actor: { id: "u1" }, action: "pipeline_in_progress" }, last: { description: "Event 2" } });
});

test.each<[Status, number, string]>([
  ["in_progress", -1, "never_ended"],
  ["in_progress", 0, "running"],
  ["in_progress", 1, "running"],
  ["pending_approval", -1, "waiting"],
  ["success", -1, "ended"],
  ["failed", 1, "ended"],
])("%s, with its last word %i s after the silence counts, is %s", (status, secondsAfter, expected) => {
  const silentSince = new Date(Date.parse(begin.occurred_at) - secondsAfter * 1_000);
  expect(operationState(folded({ ...begin, status }), silentSince)).toBe(expected);
});

/** Few times and many ties: that is where orders go wrong. */
const history = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(...statuses), fc.option(fc.integer({ min: 0, max: 9_000 }))), { minLength: 1, maxLength: 12 })
  .map((drawn) => drawn.map(([second, status, duration_ms], index) => event(index + 1, second, status, { duration_ms })));
const shuffledHistory = history.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));

test("the fold is the same in any order of arrival, and the same as reading the sorted list", () => {
  fc.assert(
    fc.property(shuffledHistory, ([events, arrived]) => {
      const sorted = events.toSorted((a, b) => a.occurred_at.localeCompare(b.occurred_at) || rank(a) - rank(b) || a.seq - b.seq);
      const operation = folded(...arrived);
      expect(operation).toEqual(folded(...events));
      expect(operationFacts(operation)).toEqual(naive(sorted));
      expect(operation).toMatchObject({ events: events.length, firstSeq: 1, lastSeq: events.length });
      expect(operation.first.actor).toEqual(sorted[0]?.actor);
    }),
  );
});

test("folding further events into what is known is folding them all", () => {
  fc.assert(
    fc.property(shuffledHistory, fc.nat(12), ([, arrived], cut) => {
      expect(foldOperation(arrived.slice(cut), foldOperation(arrived.slice(0, cut)))).toEqual(foldOperation(arrived));
    }),
  );
});

const rank = ({ status }: OperationEvent): number => (isTerminal(status) ? 1 : 0);

function naive(sorted: OperationEvent[]) {
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) throw new Error("there is an event");
  const ended = isTerminal(last.status);
  const begun = sorted.some(({ status }) => !isTerminal(status));
  const span = Date.parse(last.occurred_at) - Date.parse(first.occurred_at);
  return {
    status: last.status,
    startedAt: first.occurred_at,
    endedAt: ended ? last.occurred_at : null,
    waitingSince: last.status === "pending_approval" ? last.occurred_at : null,
    durationMs: !ended ? null : begun ? span : (last.duration_ms ?? (sorted.length > 1 ? span : null)),
    outOfOrder: first.seq !== 1 || last.seq !== sorted.length,
  };
}

import { expect, test } from "vitest";
import { checkEventInput } from "./event-schema.ts";
import { prepareEvent } from "./normalise.ts";
import type { Arrival, Vocabulary } from "./normalise.ts";
import { builtInRedactor } from "./redaction/index.ts";

const receivedAt = new Date("2026-11-21T12:00:00.000Z");
const arrival: Arrival = {
  id: "01900000-0000-7000-8000-000000000001",
  receivedAt,
  source: "api",
  tokenId: null,
  origin: "api",
  actor: { type: "api_key", id: "t1", name: "ci" },
};
const vocabulary: Vocabulary = {
  classify: () => ({ namespace: "notebooks", operation: "created", logType: "activity" }),
  describe: (event) => `Created ${event.resource?.name}`,
};
const prepare = (input: Parameters<typeof prepareEvent>[0]) => prepareEvent(input, arrival, vocabulary, builtInRedactor);

test("what the producer leaves out is filled in: time, actor, log type, status, description", () => {
  expect(prepare({ action: "notebook_created", resource: { type: "notebook", name: "Q2" } })).toMatchObject({
    event: {
      occurred_at: "2026-11-21T12:00:00.000Z",
      actor: { type: "api_key", name: "ci" },
      log_type: "activity",
      status: "success",
      description: "Created Q2",
    },
  });
});

test("an event that carries an error has failed unless it says otherwise", () => {
  expect(prepare({ action: "x", error: { message: "boom" } })).toMatchObject({ event: { status: "failed" } });
  expect(prepare({ action: "x", error: { message: "boom" }, status: "in_progress" })).toMatchObject({ event: { status: "in_progress" } });
});

test("a time with an offset is kept as the same instant in UTC", () => {
  expect(prepare({ action: "x", occurred_at: "2026-11-21T12:30:00.123+02:00" })).toMatchObject({ event: { occurred_at: "2026-11-21T10:30:00.123Z" } });
});

test.each([
  ["2026-11-21T12:10:00Z", "time_in_future"],
  ["1969-12-31T23:59:59Z", "time_out_of_range"],
  ["2026-11-21T12:04:59Z", undefined],
])("an event of %s is judged by the server's clock", (occurred_at, code) => {
  const result = prepare({ action: "x", occurred_at });
  expect("problem" in result ? result.problem.code : undefined).toBe(code);
});

test.each([
  [{ action: "x", actr: {} }, ""],
  [{ action: "a b" }, "action"],
  [{ action: "x", actor: { type: "robot" } }, "actor.type"],
  [{ action: "x", occurred_at: "yesterday" }, "occurred_at"],
  [{ action: "x", duration_ms: -1 }, "duration_ms"],
  [{}, "action"],
  ["text", ""],
  [null, ""],
])("%j is refused with the path of the field", (input, path) => {
  const checked = checkEventInput(input);
  expect("problem" in checked && (checked.problem.path ?? "")).toBe(path);
});

import { Refusal, refusalCodes } from "@daybook/event";
import { expect, test } from "vitest";
import { textOf } from "@daybook/store";
import { asRefusal, problemOf } from "./problem.ts";

test("every refusal becomes problem details with its own status", () => {
  for (const [code, { http, meaning }] of Object.entries(refusalCodes)) {
    const problem = problemOf(new Refusal(code as keyof typeof refusalCodes, "Because.", "a.b"), "r1");
    expect(problem).toEqual({ type: `/docs/errors#${code}`, title: meaning, status: http, detail: "Because.", code, path: "a.b", request_id: "r1" });
  }
});

test("a lost database is a refusal, a broken assumption is none", () => {
  expect(asRefusal(Object.assign(new Error("x"), { cause: { code: "ECONNREFUSED" } }))?.code).toBe("unavailable");
  expect(asRefusal(new Error("x"))).toBeNull();
  expect(asRefusal(Object.assign(new Error("x"), { statusCode: 400 }))).toBeNull();
  expect(asRefusal(undefined)).toBeNull();
});

test("a failed query goes to the log without its parameters", () => {
  const error = Object.assign(new Error("Failed query: select $1\nparams: hunter2"), {
    query: "select $1",
    params: ["hunter2"],
    cause: new Error("deadlock detected"),
  });
  expect(textOf(error)).toContain("deadlock detected");
  expect(textOf(error)).not.toContain("hunter2");
  const several = new AggregateError([error, error], "2 things went wrong");
  expect(textOf(several)).toMatch(/2 things went wrong[^]*deadlock detected/);
  expect(textOf(several)).not.toContain("hunter2");
});

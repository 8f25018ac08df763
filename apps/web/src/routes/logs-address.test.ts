import { expect, test } from "vitest";
import { readLogAddress, readTeamLogAddress } from "./logs-address.ts";

test("the log of the organization can be narrowed to teams, and that of a team cannot be led out of it", () => {
  expect(readLogAddress({ team: ["b", "a"], status: "failed" })).toEqual({ q: "status:failed team:(a OR b)" });
  expect(readTeamLogAddress({ team: "b", status: "failed" })).toEqual({ q: "status:failed" });
  expect(readTeamLogAddress({ q: "team:(b OR c) -team:d sales" })).toEqual({ q: "sales" });
});

import { actionsOfScope } from "@daybook/catalog";
import { consumers } from "@daybook/store";
import { expect, test } from "vitest";

test("what only owners hear of is never counted together with what admins are told", () => {
  expect(consumers.actionsKeptApart).toEqual(actionsOfScope("owners"));
});

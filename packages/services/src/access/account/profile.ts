import { credentials, members } from "@daybook/store";
import { z } from "zod";
import { defineAccountChange } from "./account-change.ts";

const nameLengthMax = 100;

export const renameMyself = defineAccountChange({
  name: "account.rename",
  needs: "account:manage",
  records: "user_profile_updated",
  input: z.object({ name: z.string().trim().min(1, "tell your name").max(nameLengthMax) }),
  prepare: async (_platform, _account, input) => input,
  async run(tx, { person }, { name }, platform) {
    await credentials.lockUser(tx, person.id);
    const before = (await members.findUser(tx, person.id))?.name ?? person.name;
    if (before === name) return { result: { name }, event: null };
    await credentials.setName(tx, person.id, { name, at: platform.now() });
    return { result: { name }, event: { changes: { before: { name: before }, after: { name } } } };
  },
});

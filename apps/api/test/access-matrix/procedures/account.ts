import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

/** One's own account and session. A wrong password or code is a refusal of what was typed, after access was granted. */
const own = { may: audiences.members, passes: [400, 404, 409, 422] } satisfies ProcedureRow;

export const account: Record<string, ProcedureRow> = {
  "session.me": { may: "anyone" },
  "setup.status": { may: "anyone" },
  "setup.passwordRules": { may: "anyone" },
  // Nobody of this table holds the link that the operator was given.
  "setup.create": {
    may: "anyone",
    input: () => ({
      setupToken: "guess",
      owner: { name: "Eve", email: "eve@example.com", password: "a very long password" },
      organization: { name: "Mine", timeZone: "UTC" },
    }),
    except: () => "forbidden",
  },
  "account.get": own,
  "account.rename": { ...own, input: () => ({ name: "Another name" }) },
  "account.changePassword": { ...own, input: () => ({ currentPassword: "not this one at all", newPassword: "another long password" }) },
  "account.beginTwoFactor": { ...own, input: () => ({ password: "not this one at all" }) },
  "account.enableTwoFactor": { ...own, input: () => ({ code: "000000" }) },
  "account.disableTwoFactor": { ...own, input: () => ({ password: "not this one at all" }) },
  "account.renewRecoveryCodes": { ...own, input: () => ({ password: "not this one at all" }) },
  "account.beginPasskey": { ...own, input: () => ({ name: "Laptop" }) },
  "account.addPasskey": { ...own, input: () => ({ name: "Laptop", response: {} }) },
  "account.removePasskey": { ...own, input: ({ token }) => ({ id: token }) },
  "sessions.end": { ...own, input: ({ token }) => ({ id: token }) },
  "sessions.endOthers": own,
  "access.mine": { may: audiences.members },
};

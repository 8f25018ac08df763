import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

const { admins, insiders } = audiences;
const on = (input: NonNullable<ProcedureRow["input"]>, more: Partial<ProcedureRow> = {}): ProcedureRow => ({ may: admins, object: true, input, ...more });

/** Tokens, service users and members' own keys. */
export const tokens: Record<string, ProcedureRow> = {
  "tokens.list": { may: admins },
  "tokens.create": { may: admins, input: () => ({ name: "New token", scopes: ["events:write"] }) },
  "tokens.rotate": on(({ token }) => ({ tokenId: token })),
  "tokens.update": on(({ token }) => ({ tokenId: token, name: "Renamed" })),
  "tokens.revoke": on(({ token }) => ({ tokenId: token })),
  "serviceUsers.list": { may: admins },
  "serviceUsers.owners": { may: admins },
  "serviceUsers.create": { may: admins, input: () => ({ name: "service-new" }) },
  "serviceUsers.update": on(({ serviceUser }) => ({ serviceUserId: serviceUser, description: "Loads the warehouse" })),
  "serviceUsers.remove": on(({ serviceUser }) => ({ serviceUserId: serviceUser })),
  "keys.list": { may: insiders },
  "keys.generate": { may: insiders, input: () => ({ name: "Laptop", scopes: ["events:write"] }) },
  // A key is its member's alone: of the furniture nobody of this table owns one, so whoever may ask finds none.
  "keys.revoke": { may: insiders, input: ({ token }) => ({ keyId: token }), passes: [404] },
  "keys.listAll": { may: admins },
  "keys.revokeAny": { may: admins, input: ({ token }) => ({ keyId: token }), passes: [404] },
};

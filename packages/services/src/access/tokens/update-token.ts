import { diff } from "@daybook/event";
import { tokens } from "@daybook/store";
import { z } from "zod";
import { defineChange } from "../../verb.ts";
import { noSuchToken } from "./revoke-token.ts";
import { allowedCidrs, tokenName } from "./token-input.ts";
import { tokenResource } from "./token-words.ts";

/** Its name and its networks. What a token may do never changes: whoever wants another right makes another token. */
export const updateToken = defineChange({
  name: "tokens.update",
  needs: "tokens:manage",
  records: "api_key_updated",
  input: z.object({ tokenId: z.uuid(), name: tokenName.optional(), allowedCidrs: allowedCidrs.optional() }),
  async run(tx, { viewer: { organizationId } }, input) {
    const token = await tokens.lock(tx, organizationId, input.tokenId);
    if (!token || token.kind !== "workspace" || token.rotatedFrom !== null || token.revokedAt) throw noSuchToken();
    const wanted = { name: input.name ?? token.name, allowedCidrs: input.allowedCidrs ?? token.allowedCidrs };
    const changes = {
      before: { name: token.name, allowed_cidrs: [...token.allowedCidrs] },
      after: { name: wanted.name, allowed_cidrs: [...wanted.allowedCidrs] },
    };
    if (diff(changes.before, changes.after).length === 0) return { result: {}, event: null };
    await tokens.update(tx, organizationId, { id: token.id, ...wanted });
    await tokens.updateFormer(tx, organizationId, { tokenId: token.id, ...wanted });
    return { result: {}, event: { resource: tokenResource({ ...token, name: wanted.name }), changes } };
  },
});

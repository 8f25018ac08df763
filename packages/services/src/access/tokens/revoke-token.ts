import { Refusal } from "@daybook/event";
import { tokens } from "@daybook/store";
import { z } from "zod";
import { defineChange } from "../../verb.ts";
import { revocation, tokenResource } from "./token-words.ts";

export const noSuchToken = (): Refusal => new Refusal("not_found", "There is no such token, or it is revoked already.");

/** A token with whatever former secret of it still works; or one former secret alone, by the id that the list gives it. */
export const revokeToken = defineChange({
  name: "tokens.revoke",
  needs: "tokens:manage",
  records: "api_token_workspace_revoked",
  input: z.object({ tokenId: z.uuid() }),
  async run(tx, { viewer: { organizationId } }, { tokenId }, platform) {
    const found = await tokens.lock(tx, organizationId, tokenId);
    if (!found || found.kind !== "workspace" || found.revokedAt) throw noSuchToken();
    const revoked = await tokens.revoke(tx, organizationId, { id: tokenId, at: platform.now() });
    const { rotatedFrom } = found;
    const { changes, metadata } = revocation(found);
    const resource = tokenResource({ ...found, id: rotatedFrom ?? found.id });
    return {
      result: {},
      event: {
        resource,
        changes,
        metadata: rotatedFrom === null ? { ...metadata, former_secrets: revoked.length - 1 } : { ...metadata, former_secret: true, former_secret_id: found.id },
      },
    };
  },
});

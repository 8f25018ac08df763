import { Refusal } from "@daybook/event";
import { tokenScopes } from "@daybook/policy";
import { organizations, serviceUsers, tokens } from "@daybook/store";
import { z } from "zod";
import { defineChange } from "../../verb.ts";
import { noSuchServiceUser, serviceUserResource } from "../service-users/service-user-words.ts";
import { insertToken } from "./insert-token.ts";
import { allowedCidrs, expiry, expiryOf, tokenName } from "./token-input.ts";
import { tokenResource, tokenState } from "./token-words.ts";

/** Tokens of one organization that work at the same time. */
const tokensMax = 500;

export const createToken = defineChange({
  name: "tokens.create",
  needs: "tokens:manage",
  records: "api_token_workspace_created",
  input: z.object({
    name: tokenName,
    scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
    expiresAt: expiry,
    allowedCidrs: allowedCidrs.default([]),
    /** Binds it: its events carry `app:<source>` as their source. */
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_.-]{0,62}$/, "must be 1 to 63 small letters, digits, `_`, `.` or `-`")
      .optional(),
    /** Who acts where the token is used; without one the token itself does. */
    serviceUserId: z.uuid().optional(),
  }),
  async run(tx, context, input, platform) {
    const { organizationId } = context.viewer;
    const expiresAt = expiryOf(platform, context.viewer, input.expiresAt);
    const scopes = tokenScopes.filter((scope) => input.scopes.includes(scope));
    const { name, source = null, serviceUserId = null } = input;
    // One after the other, so that the bound holds; and not while the team that answers for the service user is deleted.
    await organizations.lock(tx, organizationId);
    const serviceUser = serviceUserId === null ? null : await serviceUsers.lock(tx, organizationId, serviceUserId);
    if (serviceUserId !== null && !serviceUser) throw noSuchServiceUser("serviceUserId");
    if ((await tokens.countWorking(tx, organizationId, { kind: "workspace", at: platform.now() })) >= tokensMax)
      throw new Refusal("conflict", `The organization has ${tokensMax} tokens already. Revoke one that nobody uses.`);
    const state = { scopes, expiresAt, allowedCidrs: input.allowedCidrs, source };
    const made = await insertToken(tx, context, platform, { name, ...state, serviceUserId });
    return {
      result: { ...made, expiresAt: expiresAt?.toISOString() ?? null },
      event: {
        resource: tokenResource({ id: made.id, kind: "workspace", name }),
        ...(serviceUser && { related_resources: [serviceUserResource(serviceUser)] }),
        changes: { before: null, after: tokenState(state) },
        metadata: tokenState(state),
      },
    };
  },
});

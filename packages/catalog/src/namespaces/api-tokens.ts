import { defineEvents } from "../define-events.ts";
import { newToken } from "../shared-details.ts";

export const apiTokens = defineEvents({
  id: "api_tokens",
  title: "API tokens",
  sample: { type: "api_token", name: "Looker export" },
  events: {
    api_token_workspace_created: {
      title: "Workspace token created",
      sentence: "Created workspace token {resource}",
      operation: "created",
      details: newToken,
      severity: "notable",
    },
    api_token_workspace_revoked: {
      title: "Workspace token revoked",
      sentence: "Revoked workspace token {resource}",
      operation: "revoked",
      severity: "notable",
    },
    api_token_member_key_generated: {
      title: "Member key generated",
      sentence: "Generated member key {resource}",
      operation: "created",
      sample: { type: "member_key", name: "alice-laptop" },
      details: newToken,
      severity: "notable",
    },
    api_token_member_key_revoked: {
      title: "Member key revoked",
      sentence: "Revoked member key {resource}",
      operation: "revoked",
      sample: { type: "member_key", name: "alice-laptop" },
      severity: "notable",
    },
    token_created: { title: "Token created", sentence: "Created token {resource}", operation: "created", details: newToken, severity: "notable" },
    token_regenerated: { title: "Token regenerated", sentence: "Regenerated token {resource}", operation: "updated", details: newToken, severity: "notable" },
    token_revoked: { title: "Token revoked", sentence: "Revoked token {resource}", operation: "revoked", severity: "notable" },
    api_key_created: {
      title: "API key created",
      sentence: "Created API key {resource}",
      operation: "created",
      sample: { type: "api_key", name: "ci-deploy" },
      details: newToken,
      severity: "notable",
    },
    api_key_revoked: {
      title: "API key revoked",
      sentence: "Revoked API key {resource}",
      operation: "revoked",
      sample: { type: "api_key", name: "ci-deploy" },
      severity: "notable",
    },
    api_key_updated: {
      title: "API key updated",
      sentence: "Updated API key {resource}",
      operation: "updated",
      sample: { type: "api_key", name: "ci-deploy" },
      severity: "notable",
    },
  },
});

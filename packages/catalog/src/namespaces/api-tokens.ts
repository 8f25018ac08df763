import { defineEvents } from "../define-events.ts";
import { moment, nullable, text, texts, whole } from "../details.ts";
import type { Details } from "../details.ts";
import { newToken } from "../shared-details.ts";

const tokenLimits: Details = {
  "metadata.allowed_cidrs": texts("Networks that it may be used from; without one every address", "203.0.113.0/24"),
  "metadata.source": nullable(text("What its events carry as their source; null: it is not bound to one", "billing")),
};
const rotation: Details = {
  "metadata.overlap_hours": whole("Hours for which the old secret still works", 24),
  "metadata.former_secret_expires_at": nullable(moment("When the old secret ends; null: at once", "2027-01-31T00:00:00Z")),
};

export const apiTokens = defineEvents({
  id: "api_tokens",
  title: "API tokens",
  sample: { type: "api_token", name: "Looker export" },
  events: {
    api_token_workspace_created: {
      title: "Workspace token created",
      sentence: "Created workspace token {resource}",
      operation: "created",
      details: { ...newToken, ...tokenLimits },
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
    token_regenerated: {
      title: "Token regenerated",
      sentence: "Regenerated token {resource}",
      operation: "updated",
      details: { ...newToken, ...tokenLimits, ...rotation },
      severity: "notable",
    },
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

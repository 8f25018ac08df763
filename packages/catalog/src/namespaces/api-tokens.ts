import { defineEvents } from "../define-events.ts";

export const apiTokens = defineEvents({
  id: "api_tokens",
  title: "API tokens",
  events: {
    api_token_workspace_created: {
      title: "Workspace token created",
      sentence: "Created workspace token {resource}",
      operation: "created",
      severity: "notable",
    },
    api_token_workspace_revoked: {
      title: "Workspace token revoked",
      sentence: "Revoked workspace token {resource}",
      operation: "revoked",
      severity: "notable",
    },
  },
});

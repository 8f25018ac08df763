import { defineBuiltInView } from "./define-built-in-view.ts";

export const apiTokens = defineBuiltInView({
  id: "api-tokens",
  name: "API tokens",
  description: "Tokens and keys that were made, rotated or revoked.",
  logType: "activity",
  state: { q: "namespace:api_tokens" },
});

import type { ActorType } from "@daybook/event";

const known: Record<string, ActorType> = {
  user: "user",
  app_user: "user",
  human: "user",
  person: "user",
  member: "user",
  admin: "user",
  employee: "user",
  api_key: "api_key",
  token: "api_key",
  service_account: "service_user",
  service_user: "service_user",
  service: "service_user",
  application: "service_user",
  agent: "agent",
  system: "system",
  anonymous: "anonymous",
  unauthenticated: "anonymous",
};

/** The kind of actor that a vendor's word means. What is none of ours is a user, and the word is kept by the caller wherever it says more. */
export function actorTypeOf(word: string | undefined): { type: ActorType; lossless: boolean } {
  if (word === undefined) return { type: "user", lossless: true };
  const type = known[word.toLowerCase().replace(/[\s-]+/g, "_")] ?? "user";
  return { type, lossless: word === type };
}

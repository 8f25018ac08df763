import { answerBytesMax, OutboundFailure } from "@daybook/outbound";
import type { HttpDoor, OutboundCode } from "@daybook/outbound";
import { z } from "zod";

/** What signs an ID token that Daybook takes: with a key that only the provider has. */
export const idTokenAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"] as const;

const document = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  id_token_signing_alg_values_supported: z.array(z.string()).default(["RS256"]),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  response_types_supported: z.array(z.string()).default(["code"]),
});
const keySet = z.object({ keys: z.array(z.object({ kty: z.string() })) });

export type Probe =
  | { works: true; sentence: string; warnings: string[] }
  | { works: false; code: OutboundCode | "no_document" | "broken_document" | "other_issuer" | "no_algorithm" | "no_code_flow" | "no_keys"; sentence: string };

/** Where a provider describes itself (OpenID Connect Discovery 1.0, section 4). */
export const discoveryUrlOf = (issuer: string): string => `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

/** Reads what a provider says of itself, as a sign-in would, and tells in words whether that would do. */
export async function probeProvider(http: HttpDoor, issuer: string): Promise<Probe> {
  try {
    const answer = await http.ask(discoveryUrlOf(issuer), { headers: { accept: "application/json" }, bytesMax: answerBytesMax });
    if (answer.status !== 200)
      return { works: false, code: "no_document", sentence: `The provider answered ${answer.status} where its description should be. Check the issuer.` };
    const found = document.safeParse(parseJson(answer.body));
    if (!found.success)
      return { works: false, code: "broken_document", sentence: `The provider's description lacks \`${found.error.issues[0]?.path.join(".") ?? ""}\`.` };
    return await judge(http, issuer, found.data);
  } catch (error) {
    if (error instanceof OutboundFailure) return { works: false, code: error.code, sentence: error.message };
    throw error;
  }
}

async function judge(http: HttpDoor, issuer: string, found: z.output<typeof document>): Promise<Probe> {
  if (found.issuer !== issuer)
    return {
      works: false,
      code: "other_issuer",
      sentence: "The provider calls itself by another issuer than this one. Copy the issuer from its own settings, to the last character.",
    };
  if (!found.id_token_signing_alg_values_supported.some((name) => idTokenAlgorithms.some((each) => each === name)))
    return { works: false, code: "no_algorithm", sentence: "The provider signs its ID tokens in no way that Daybook takes, such as RS256 or ES256." };
  if (!found.response_types_supported.includes("code"))
    return { works: false, code: "no_code_flow", sentence: "The provider does not offer the authorization code flow." };
  const keys = await http.ask(found.jwks_uri, { headers: { accept: "application/json" }, bytesMax: answerBytesMax });
  const parsed = keySet.safeParse(parseJson(keys.body));
  if (keys.status !== 200 || !parsed.success || parsed.data.keys.length === 0)
    return { works: false, code: "no_keys", sentence: "The provider's keys could not be read, so nothing that it signs could be checked." };
  const warnings = found.code_challenge_methods_supported?.includes("S256")
    ? []
    : ["The provider does not say that it checks PKCE (S256). Daybook sends it all the same."];
  return {
    works: true,
    sentence: `The provider answers, and ${parsed.data.keys.length === 1 ? "its key was" : `its ${parsed.data.keys.length} keys were`} read. Whether client and secret are right shows at the first sign-in.`,
    warnings,
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

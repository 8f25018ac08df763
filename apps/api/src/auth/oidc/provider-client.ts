import { clientSecretOf, idTokenAlgorithms, redirectUrlOf } from "@daybook/services";
import type { Platform, ProviderClaims } from "@daybook/services";
import type { SignInProvider } from "@daybook/store";
import * as openid from "openid-client";
import { z } from "zod";
import { doorFetch } from "./door-fetch.ts";

const clockToleranceSeconds = 60;
const timeoutSeconds = 15;
const scope = "openid email profile";

/** No database keeps U+0000 in a text. */
const storable = z.string().refine((text) => !text.includes("\u0000"));

/** What a provider signed, or told under the access token that came with it. */
const claimsSchema = z.object({
  sub: storable.min(1).max(255),
  email: storable.max(320).optional().catch(undefined),
  email_verified: z
    .union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")])
    .optional()
    .catch(undefined),
  /** Microsoft Entra's word for a verified address, where the administrator asks for it. */
  xms_edov: z
    .union([z.boolean(), z.literal(1).transform(() => true), z.enum(["1", "true"]).transform(() => true)])
    .optional()
    .catch(undefined),
  name: storable.trim().min(1).max(100).optional().catch(undefined),
});
type Claims = z.output<typeof claimsSchema>;

export interface Departure {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** The address at the provider where a sign-in begins. */
export async function depart(platform: Platform, provider: SignInProvider): Promise<Departure> {
  const config = await configurationOf(platform, provider);
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUrlOf(platform.origin, provider.organizationId),
    scope,
    response_mode: "query",
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  if (url.protocol !== "https:" && !(platform.http.plainHttp && url.protocol === "http:")) throw new Error("the authorization endpoint is no web address");
  return { url: url.href, state, nonce, verifier };
}

export interface Answer {
  /** As the browser brought it: the query of the redirect. */
  query: URLSearchParams;
  state: string;
  nonce: string;
  verifier: string;
}

/** Exchanges the code, checks what came for it, and reads who it is. Whatever does not fit throws. */
export async function arrive(platform: Platform, provider: SignInProvider, { query, state, nonce, verifier }: Answer): Promise<ProviderClaims> {
  const config = await configurationOf(platform, provider);
  const url = new URL(redirectUrlOf(platform.origin, provider.organizationId));
  url.search = query.toString();
  const tokens = await openid.authorizationCodeGrant(config, url, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const signed = claimsSchema.parse(tokens.claims());
  // Some providers keep the address out of the ID token; what is told under its access token is bound to the same subject.
  const told =
    signed.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined ? await userInfo(config, tokens.access_token, signed) : signed;
  return {
    subject: signed.sub,
    email: told.email ?? null,
    emailVerified: told.email_verified === true || (told.xms_edov === true && isEntra(provider.issuer)),
    name: told.name ?? signed.name ?? null,
  };
}

const userInfo = async (config: openid.Configuration, accessToken: string, { sub }: Claims): Promise<Claims> =>
  claimsSchema.parse(await openid.fetchUserInfo(config, accessToken, sub));

const isEntra = (issuer: string): boolean => new URL(issuer).host === "login.microsoftonline.com";

/** What the provider says of itself, read anew for each half of a sign-in: keys and addresses change, and sign-ins are rare. */
async function configurationOf(platform: Platform, provider: SignInProvider): Promise<openid.Configuration> {
  const plain = platform.http.plainHttp ? [openid.allowInsecureRequests] : [];
  const secret = clientSecretOf(platform, provider);
  const metadata = { [openid.clockTolerance]: clockToleranceSeconds };
  const found = await openid.discovery(new URL(provider.issuer), provider.clientId, metadata, openid.None(), {
    execute: plain,
    [openid.customFetch]: doorFetch(platform.http),
    timeout: timeoutSeconds,
  });
  const { supportsPKCE: _, ...server } = found.serverMetadata();
  if (server.issuer !== provider.issuer) throw new Error("the provider calls itself by another issuer");
  const offered = server.id_token_signing_alg_values_supported ?? ["RS256"];
  const taken = offered.filter((name) => idTokenAlgorithms.some((each) => each === name));
  if (taken.length === 0) throw new Error("the provider signs in no way that is taken");
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const authentication = methods.includes("client_secret_basic") ? openid.ClientSecretBasic(secret) : openid.ClientSecretPost(secret);
  const config = new openid.Configuration({ ...server, id_token_signing_alg_values_supported: taken }, provider.clientId, metadata, authentication);
  config[openid.customFetch] = doorFetch(platform.http);
  config.timeout = timeoutSeconds;
  // TLS says who the token came from, the signature who made it: with a private network allowed, both are wanted.
  openid.enableNonRepudiationChecks(config);
  if (platform.http.plainHttp) openid.allowInsecureRequests(config);
  return config;
}

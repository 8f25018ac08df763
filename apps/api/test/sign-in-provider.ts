import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export const clientId = "daybook";
export const clientSecret = "a client secret that is nowhere else";

export interface TestProvider {
  issuer: string;
  close(): Promise<void>;
}

/** What the provider says of a person beside their name there. */
export type Claims = Record<string, string | boolean>;

/** A real provider, with its own pages for signing in and agreeing. Whoever types a name is that person. */
export async function openProvider({ redirectUris, people }: { redirectUris: string[]; people: Record<string, Claims> }): Promise<TestProvider> {
  return onLoopback((issuer) => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return new Provider(issuer, {
      clients: [
        { client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris, response_types: ["code"], grant_types: ["authorization_code"] },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "one" }] },
      cookies: { keys: ["test"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    }).callback();
  });
}

/** What a hostile provider does differently. */
export interface Mischief {
  /** Changes of the claims that it signs. */
  claims?: Record<string, unknown>;
  alg?: "RS256" | "none" | "HS256 with the secret" | "HS256 with the public key" | "RS256 by another key";
  discovery?: Record<string, unknown>;
  /** Answers its token endpoint with this. */
  token?: { status: number; body: string };
}

export interface HostileProvider extends TestProvider {
  mischief: Mischief;
  /** What its token endpoint was sent. */
  asked: URLSearchParams[];
}

/** A provider that answers as told; by itself it is an honest one that signs everybody in as Ada. */
export async function openHostileProvider(person: Claims): Promise<HostileProvider> {
  const honest = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const nonces = new Map<string, { nonce: string; challenge: string }>();
  const state: Pick<HostileProvider, "mischief" | "asked"> = { mischief: {}, asked: [] };
  const provider = await onLoopback((issuer) => (request, response) => {
    const url = new URL(request.url ?? "/", issuer);
    const json = (body: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    if (url.pathname === "/.well-known/openid-configuration")
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
        ...state.mischief.discovery,
      });
    if (url.pathname === "/keys") return json({ keys: [{ ...honest.publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }] });
    if (url.pathname === "/authorize") {
      const code = `code-${nonces.size}`;
      nonces.set(code, { nonce: url.searchParams.get("nonce") ?? "", challenge: url.searchParams.get("code_challenge") ?? "" });
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.search = new URLSearchParams({ code, state: url.searchParams.get("state") ?? "" }).toString();
      return response.writeHead(302, { location: back.href }).end();
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const form = new URLSearchParams(body);
      state.asked.push(form);
      if (state.mischief.token) return response.writeHead(state.mischief.token.status, { "content-type": "application/json" }).end(state.mischief.token.body);
      const begun = nonces.get(form.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      if (begun?.challenge !== challenge) return response.writeHead(400, { "content-type": "application/json" }).end('{"error":"invalid_grant"}');
      const at = Math.floor(Date.now() / 1_000);
      const claims = { iss: issuer, sub: "hostile-1", aud: clientId, iat: at, exp: at + 300, nonce: begun.nonce, ...person, ...state.mischief.claims };
      return json({ access_token: "access", token_type: "Bearer", id_token: signed(claims, state.mischief.alg ?? "RS256", { honest, foreign }) });
    });
  });
  return Object.assign(state, provider);
}

type Keys = Record<"honest" | "foreign", { privateKey: KeyObject; publicKey: KeyObject }>;

function signed(claims: object, alg: NonNullable<Mischief["alg"]>, { honest, foreign }: Keys): string {
  const [name = ""] = alg.split(" ");
  const text = [{ alg: name, typ: "JWT", kid: "one" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const hmac = (key: string) => createHmacText(key, text);
  switch (alg) {
    case "none":
      return `${text}.`;
    case "HS256 with the secret":
      return `${text}.${hmac(clientSecret)}`;
    case "HS256 with the public key":
      return `${text}.${hmac(honest.publicKey.export({ type: "spki", format: "pem" }).toString())}`;
    case "RS256":
    case "RS256 by another key":
      return `${text}.${sign("sha256", Buffer.from(text), (alg === "RS256" ? honest : foreign).privateKey).toString("base64url")}`;
  }
}

const createHmacText = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("base64url");

async function onLoopback(make: (issuer: string) => Parameters<typeof createServer>[1]): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const listener = make(issuer);
  if (listener) server.on("request", listener);
  return {
    issuer,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

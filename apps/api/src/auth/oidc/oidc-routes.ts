import { providerToStart, recordProviderFailure, signInWithProvider, waysInFor } from "@daybook/services";
import type { SingleSignOnProblem } from "@daybook/policy";
import type { Platform } from "@daybook/services";
import { signInProviders, textOf } from "@daybook/store";
import type { SignInProvider } from "@daybook/store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { networkOf, openLimiter, TooMany } from "../../http/limiter.ts";
import { requestOrigin } from "../../http/request-origin.ts";
import { demandSameOrigin } from "../../http/same-origin.ts";
import type { Auth } from "../session.ts";
import { attemptLastsMs, openAttemptCookies } from "./attempt-cookie.ts";
import { problemOf } from "./problem-of.ts";
import { arrive, depart } from "./provider-client.ts";
import { safeNext } from "./safe-next.ts";

const windowMs = 60_000;
const bodyBytesMax = 4_096;
const slugLengthMax = 100;

const startQuery = z.object({
  organization: z
    .string()
    .max(slugLengthMax)
    .regex(/^[a-z0-9-]*$/)
    .catch(""),
  provider: z.uuid().nullable().catch(null),
  next: z.string().optional().catch(undefined),
});
const findBody = z.object({ email: z.string().max(320), next: z.string().optional() });

/** What the sign-in page does with an address. */
export type FoundWays = { kind: "none" } | { kind: "several_organizations" } | { kind: "providers"; ways: { name: string; url: string }[] };

export interface OidcRoutesOptions {
  platform: Platform;
  trustedOrigins: ReadonlySet<string>;
  signInsPerMinute: number;
  auth: Pick<Auth, "cookiesFor">;
}

/** Signing in with an organization's own provider: OpenID Connect's code flow with PKCE, state and nonce. */
export function oidcRoutes({ platform, trustedOrigins, signInsPerMinute, auth }: OidcRoutesOptions) {
  const limiter = openLimiter({ max: signInsPerMinute, windowMs });
  const cookies = openAttemptCookies(platform.sealer, { secure: platform.origin.startsWith("https://") });

  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", { parseAs: "string", bodyLimit: bodyBytesMax }, (_request, body, done) => done(null, body));
    app.post("/api/auth/oidc/find", find);
    app.get("/api/auth/oidc/start", onPage(start));
    app.get("/api/auth/oidc/callback/:organizationId", onPage(callback));
  };

  /** By the domain alone: an address that nobody has leads to the same place as its neighbour's. */
  async function find(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    demandSameOrigin(request.headers, trustedOrigins);
    const waitSeconds = limiter.take(networkOf(request.ip));
    if (waitSeconds > 0) throw new TooMany("Too many attempts to sign in.", waitSeconds);
    const asked = findBody.safeParse(parsed(request.body));
    const ways = asked.success ? await waysInFor(platform, asked.data.email) : ({ kind: "none" } as const);
    if (ways.kind !== "providers") return reply.send({ kind: ways.kind } satisfies FoundWays);
    const next = safeNext(asked.data?.next, platform.origin);
    const urlOf = (id: string) => `/api/auth/oidc/start?${new URLSearchParams({ organization: ways.slug, provider: id, next }).toString()}`;
    return reply.send({ kind: "providers", ways: ways.providers.map(({ id, name }) => ({ name, url: urlOf(id) })) } satisfies FoundWays);
  }

  async function start(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = startQuery.parse(request.query);
    const next = safeNext(query.next, platform.origin);
    // A link on a foreign page would sign its reader in as whomever a provider of its author's names, and end the session that they had.
    if (!isOwnNavigation(request.headers["sec-fetch-site"])) return back(reply, "begun_elsewhere", next);
    if (limiter.take(networkOf(request.ip)) > 0) return back(reply, "too_many", next);
    const provider = await providerToStart(platform, { slug: query.organization, providerId: query.provider });
    if (!provider) return back(reply, "no_provider", next);
    const departure = await depart(platform, provider).catch((error: unknown) => failed(request, provider, error));
    if (typeof departure === "string") return back(reply, departure, next);
    const { url, ...secrets } = departure;
    const expiresAt = platform.now().getTime() + attemptLastsMs;
    void reply.header("set-cookie", cookies.write(provider.organizationId, { ...secrets, next, providerId: provider.id, expiresAt }));
    return reply.redirect(url, 303);
  }

  async function callback(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    void reply.header("set-cookie", cookies.clear());
    const organizationId = z.uuid().safeParse((request.params as { organizationId?: unknown }).organizationId);
    const attempt = organizationId.success ? cookies.read(organizationId.data, request.headers.cookie, platform.now()) : null;
    const next = attempt?.next ?? "/";
    if (limiter.take(networkOf(request.ip)) > 0) return back(reply, "too_many", next);
    if (!organizationId.success || attempt === null) return back(reply, "start_again", next);
    const provider = await signInProviders.find(platform.store.of(organizationId.data), organizationId.data, attempt.providerId);
    if (!provider?.enabled) return back(reply, "no_provider", next);
    const query = new URL(request.url, platform.origin).searchParams;
    // A link that was made elsewhere: it says nothing of the provider, so it is no failure of it.
    if (query.get("state") !== attempt.state) return back(reply, "start_again", next);
    const claims = await arrive(platform, provider, { query, ...attempt }).catch((error: unknown) => failed(request, provider, error));
    if (typeof claims === "string") return back(reply, claims, next);
    const outcome = await signInWithProvider(platform, { provider, claims, request: requestOrigin(request) });
    if ("problem" in outcome) return back(reply, outcome.problem, next);
    for (const cookie of await auth.cookiesFor(outcome.session)) void reply.header("set-cookie", cookie);
    return reply.redirect(next, 303);
  }

  /** The console's sign-in page says what went wrong. */
  function back(reply: FastifyReply, problem: SingleSignOnProblem, next: string): FastifyReply {
    const query = new URLSearchParams({ problem, ...(next !== "/" && { next }) });
    return reply.redirect(`/sign-in?${query.toString()}`, 303);
  }

  /** A fault of the provider, or of how it is set up; in the log of its organization. */
  async function failed(request: FastifyRequest, provider: SignInProvider, error: unknown): Promise<SingleSignOnProblem> {
    const problem = problemOf(error);
    // The error's kind alone: its text may quote the provider's answer.
    request.log.warn({ provider: provider.id, problem, error: kindOf(error) }, "a sign-in with a provider failed");
    await recordProviderFailure(platform, { provider, problem, request: requestOrigin(request) });
    return problem;
  }

  type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

  /** A person looks at the answer of these, so that what breaks is told on a page as well. */
  function onPage(handler: Handler): Handler {
    return async (request, reply) => {
      try {
        return await handler(request, reply);
      } catch (error) {
        request.log.error({ error: textOf(error) }, "a sign-in broke");
        return back(reply, "failed", "/");
      }
    };
  }
}

/** Browsers that state nothing are old ones. */
const isOwnNavigation = (site: string | string[] | undefined): boolean => site === undefined || site === "same-origin" || site === "none";

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return null;
  }
}

const kindOf = (error: unknown): string =>
  error instanceof Error ? [error.name, "code" in error ? String(error.code) : ""].filter(Boolean).join(" ") : typeof error;

import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, type TRPCLink } from "@trpc/client";
import { createTRPCContext, createTRPCOptionsProxy, type inferInput, type inferOutput, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@daybook/api/router";
import { errorHttpStatus } from "./ui/api-error.ts";

export type { inferInput, inferOutput };
export type Trpc = TRPCOptionsProxy<AppRouter>;

// Named types: spelled out, they would reach into the server's own files.
const context: ReturnType<typeof createTRPCContext<AppRouter>> = createTRPCContext<AppRouter>();
export const TRPCProvider: typeof context.TRPCProvider = context.TRPCProvider;
export const useTRPC: typeof context.useTRPC = context.useTRPC;
export const useTRPCClient: typeof context.useTRPCClient = context.useTRPCClient;

/** What `public/early.js` has asked for before this code was here; each answer is taken once. */
const early = (globalThis as { early?: Record<string, Promise<Response>> }).early ?? {};

function takeEarly(url: string): Promise<Response> | undefined {
  const asked = early[url];
  delete early[url];
  return asked;
}

/** One request per panel and no batch: rows never wait for a slow histogram, and each panel fails alone. */
function networkLink(organizationId: string | null, as: string | null): TRPCLink<AppRouter> {
  return splitLink({
    condition: (operation) => operation.type === "subscription",
    // EventSource cannot send headers, so the organization travels as a connection parameter there.
    true: httpSubscriptionLink({ url: "/trpc", connectionParams: () => (organizationId ? { organization: organizationId } : {}) }),
    false: httpLink({
      url: "/trpc",
      fetch: (url, init) => (typeof url === "string" && takeEarly(url)) || fetch(url, init),
      headers: () => ({ ...(organizationId && { "x-daybook-organization": organizationId }), ...(as && { "x-daybook-as": as }) }),
    }),
  });
}

interface Door {
  client: ReturnType<typeof createTRPCClient<AppRouter>>;
  queryClient: QueryClient;
  trpc: Trpc;
}

let onSignedOut: () => void = () => {};

/** A session that ended elsewhere shows as a 401 on whatever is asked next. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

const whatEndsSessions = (error: unknown): void => {
  if (errorHttpStatus(error) === 401) onSignedOut();
};

function createDoor(link: TRPCLink<AppRouter>): Door {
  const client = createTRPCClient<AppRouter>({ links: [link] });
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError: whatEndsSessions }),
    mutationCache: new MutationCache({ onError: whatEndsSessions }),
    defaultOptions: {
      queries: { staleTime: 10_000, refetchOnWindowFocus: false, retry: (count, error) => count < 1 && errorHttpStatus(error) >= 500 },
      // Without a network a change fails at once. Kept for later, it would be made after its author had cancelled it.
      mutations: { networkMode: "always" },
    },
  });
  return { client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
}

const doors = new Map<string, Door>();

/** A door per organization, and one more for each member through whose eyes its log is looked at: its own cache, so that nothing of one organization can show in another. `null` is the door before one is chosen. */
export function doorOf(organizationId: string | null, as: string | null = null): Door {
  const key = `${organizationId ?? ""}${as ? ` as ${as}` : ""}`;
  const known = doors.get(key);
  if (known) return known;
  const opened = createDoor(networkLink(organizationId, as));
  doors.set(key, opened);
  return opened;
}

/** Everything that a page shows is asked again; what was shown stays until the answers come. */
export async function refreshDoors(): Promise<void> {
  await Promise.all([...doors.values()].map(({ queryClient }) => queryClient.invalidateQueries()));
}

export function closeDoors(): void {
  for (const door of doors.values()) door.queryClient.clear();
  doors.clear();
}

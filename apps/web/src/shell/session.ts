import { dismissSessionEnd } from "./session-end.ts";
import { doorOf, closeDoors, refreshDoors, type inferOutput, type Trpc } from "../trpc.ts";

export type Session = NonNullable<inferOutput<Trpc["session"]["me"]>>;
export type Organization = Session["organizations"][number];

/** Who is signed in, asked once and kept until something changes it. */
export async function currentSession(): Promise<Session | null> {
  const { queryClient, trpc } = doorOf(null);
  return queryClient.ensureQueryData(trpc.session.me.queryOptions(undefined, { staleTime: Infinity, gcTime: Infinity }));
}

export function forgetSession(): void {
  closeDoors();
  dismissSessionEnd();
}

/** What was known of who is signed in when this page was loaded, without asking again. */
export function knownSession(): Session | null {
  const { queryClient, trpc } = doorOf(null);
  return queryClient.getQueryData(trpc.session.me.queryKey()) ?? null;
}

export const knownPerson = (): Session["user"] | null => knownSession()?.user ?? null;

/** Goes on after somebody signed in again over an open page: whatever failed meanwhile is asked again. False when it is somebody else. */
export async function resumeSession(userId: string | null): Promise<boolean> {
  const { queryClient, trpc } = doorOf(null);
  const session = await queryClient.fetchQuery(trpc.session.me.queryOptions(undefined, { staleTime: 0 }));
  if (!session || session.user.id !== userId) return false;
  await refreshDoors();
  return true;
}

/** What is known of who is signed in may have changed: the next page asks anew, and everything else that is loaded stays. */
export function renewSession(): void {
  const { queryClient, trpc } = doorOf(null);
  queryClient.removeQueries(trpc.session.me.queryFilter());
}

/** The organization to land in: the last one open in this browser, else the first real one. */
export function homeOrganization(session: Session): Organization | undefined {
  const last = readLast();
  return session.organizations.find(({ slug }) => slug === last) ?? session.organizations.find(({ demo }) => !demo) ?? session.organizations[0];
}

const key = "daybook.organization";

function readLast(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function rememberOrganization(slug: string): void {
  try {
    localStorage.setItem(key, slug);
  } catch {
    // Without storage the first organization opens; nothing else depends on it.
  }
}

import { doorOf, closeDoors, type inferOutput, type Trpc } from "../trpc.ts";

export type Session = NonNullable<inferOutput<Trpc["session"]["me"]>>;
export type Organization = Session["organizations"][number];

/** Who is signed in, asked once and kept until something changes it. */
export async function currentSession(): Promise<Session | null> {
  const { queryClient, trpc } = doorOf(null);
  return queryClient.ensureQueryData(trpc.session.me.queryOptions(undefined, { staleTime: Infinity, gcTime: Infinity }));
}

export function forgetSession(): void {
  closeDoors();
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

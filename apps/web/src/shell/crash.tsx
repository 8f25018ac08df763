import type { ErrorComponentProps } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { EmptyPanel, ErrorPanel } from "../ui/state-panel.tsx";
import { knownSession } from "./session.ts";

const NoOrganization = lazy(async () => ({ default: (await import("./no-organization.tsx")).NoOrganization }));

export function Crash({ error, reset }: ErrorComponentProps) {
  return (
    <main data-state="error" className="mx-auto max-w-[720px] pt-10">
      <ErrorPanel error={error} what="This page" onRetry={reset} />
    </main>
  );
}

export function NotFound() {
  const session = knownSession();
  if (session?.organizations.length === 0)
    return (
      <Suspense>
        <NoOrganization person={session.user} />
      </Suspense>
    );
  return (
    <main data-state="empty">
      <h1 className="sr-only">Not found</h1>
      <EmptyPanel
        title="Nothing is at this address"
        action={
          <Link to="/" className="link">
            Go to the logs
          </Link>
        }
      >
        It may be in an organization that you do not belong to or that has suspended your access, or it was never there.
      </EmptyPanel>
    </main>
  );
}

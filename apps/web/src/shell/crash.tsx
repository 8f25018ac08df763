import type { ErrorComponentProps } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import { EmptyPanel, ErrorPanel } from "../ui/state-panel.tsx";

export function Crash({ error, reset }: ErrorComponentProps) {
  return (
    <main data-state="error" className="mx-auto max-w-[720px] pt-10">
      <ErrorPanel error={error} what="This page" onRetry={reset} />
    </main>
  );
}

export function NotFound() {
  return (
    <main data-state="empty">
      <EmptyPanel
        title="Nothing is at this address"
        action={
          <Link to="/" className="link">
            Go to the logs
          </Link>
        }
      >
        It may be in an organization you do not belong to, or it was never there.
      </EmptyPanel>
    </main>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { renewSession } from "../../shell/session.ts";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused, readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyPanel, ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { Time } from "../../ui/time.tsx";
import type { OwnGrant } from "./auditor-words.ts";
import { ScopeWords } from "./scope-words.tsx";

/** What stands before the log for an auditor, until they have accepted the terms of a grant that is in force. */
export function AuditorTerms({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const grants = useQuery(trpc.auditors.mine.queryOptions(undefined, { refetchInterval: ({ state: { error } }) => unlessRefused(error, 30_000) }));
  if (!grants.data)
    return (
      <Page title="Logs">{grants.isError ? <ErrorPanel error={grants.error} what="Your access" onRetry={() => void grants.refetch()} /> : <Skeleton />}</Page>
    );
  const waiting = grants.data.find(({ inForce }) => !inForce);
  if (waiting) return <Terms key={waiting.id} grant={waiting} />;
  if (grants.data.length === 0)
    return (
      <Page title="Logs">
        <div data-state="forbidden">
          <EmptyPanel title="Nothing of this log is open to you">
            Your access as an auditor has ended, or none was granted yet. An owner or admin of the organization can grant it under Organization, Auditors.
          </EmptyPanel>
        </div>
      </Page>
    );
  return children;
}

function Terms({ grant }: { grant: OwnGrant }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { name } = useOrganization();
  const [agreed, setAgreed] = useState(false);
  const accept = useMutation(
    trpc.auditors.accept.mutationOptions({
      onSuccess: async () => {
        // What an auditor may do follows from the grants in force.
        renewSession();
        await router.invalidate();
        await queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <Page title={`Read the log of ${name}`} about="Before you begin, these are the terms of your access.">
      <form
        className="flex max-w-[720px] flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate({ grantId: grant.id });
        }}
      >
        <dl className="rounded-card border p-4">
          <dt className="text-meta text-ink-3">You will see</dt>
          <dd>
            <ScopeWords {...grant} />
          </dd>
          <dt className="mt-2 text-meta text-ink-3">Until</dt>
          <dd>
            <Time at={grant.expiresAt} />
          </dd>
        </dl>
        <blockquote className="rounded-card border bg-surface p-4 whitespace-pre-wrap">{grant.terms}</blockquote>
        <label className="touch flex items-center gap-2">
          <input type="checkbox" className="accent-accent" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />I have read and accept these
          terms.
        </label>
        {accept.error ? <FormError>{readApiError(accept.error).message}</FormError> : null}
        <p className="text-meta text-ink-3">That you accept them is recorded, with their words.</p>
        <div>
          <Button type="submit" look="primary" disabled={!agreed || accept.isPending}>
            Accept and open the log
          </Button>
        </div>
      </form>
    </Page>
  );
}

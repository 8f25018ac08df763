import { useQuery } from "@tanstack/react-query";
import { Check, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";

/** Asks the provider what it says of itself, as a sign-in would. */
export function ProviderTest({ issuer }: { issuer: string }) {
  const trpc = useTRPC();
  const [tested, setTested] = useState<string | null>(null);
  const test = useQuery(trpc.signInProviders.test.queryOptions({ issuer: tested ?? "" }, { enabled: tested !== null, retry: false, staleTime: 0, gcTime: 0 }));
  const current = tested === issuer;
  const run = () => (current ? void test.refetch() : setTested(issuer));
  return (
    <div className="flex flex-col gap-2">
      <div>
        <Button size="dense" disabled={issuer === "" || test.isFetching} onClick={run}>
          {test.isFetching ? "Asking…" : "Test connection"}
        </Button>
      </div>
      <div role="status" aria-live="polite" className="flex flex-col gap-1">
        {current && !test.isFetching && test.error && <Line tone="failed">{readApiError(test.error).message}</Line>}
        {current && !test.isFetching && test.data && (
          <>
            <Line tone={test.data.works ? "ok" : "failed"}>{test.data.sentence}</Line>
            {test.data.works &&
              test.data.warnings.map((warning) => (
                <Line key={warning} tone="warning">
                  {warning}
                </Line>
              ))}
          </>
        )}
      </div>
    </div>
  );
}

const looks = {
  ok: { Icon: Check, ink: "text-ok", word: "Works:" },
  failed: { Icon: X, ink: "text-failed", word: "Does not work:" },
  warning: { Icon: TriangleAlert, ink: "text-pending", word: "Note:" },
} as const;

function Line({ tone, children }: { tone: keyof typeof looks; children: string }) {
  const { Icon, ink, word } = looks[tone];
  return (
    <p className="flex items-start gap-1.5">
      <Icon size={14} strokeWidth={2.25} aria-hidden className={`mt-[3px] shrink-0 ${ink}`} />
      <span>
        <span className="sr-only">{word} </span>
        {children}
      </span>
    </p>
  );
}

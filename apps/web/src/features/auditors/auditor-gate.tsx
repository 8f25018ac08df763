import { isAuditorRole } from "@daybook/policy";
import { lazy, Suspense, type ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";

const AuditorTerms = lazy(async () => ({ default: (await import("./auditor-terms.tsx")).AuditorTerms }));

/** Before an auditor comes to the log: the terms that they have yet to accept, or why there is nothing for them. Everybody else passes. */
export function AuditorGate({ children }: { children: ReactNode }) {
  const { role } = useOrganization();
  if (!isAuditorRole(role)) return children;
  return (
    <Suspense>
      <AuditorTerms>{children}</AuditorTerms>
    </Suspense>
  );
}

import { useLocation } from "@tanstack/react-router";
import { lazy, Suspense, type ReactNode } from "react";
import { useOrganization } from "./organization.tsx";

const BarredGuide = lazy(async () => ({ default: (await import("./barred-guide.tsx")).BarredGuide }));

/** Where the session is not what the organization demands, its pages give way to what to do about it; one's own account stays open. */
export function Barred({ children }: { children: ReactNode }) {
  const { slug, barred } = useOrganization();
  const { pathname } = useLocation();
  if (!barred || pathname === `/o/${slug}/account`) return children;
  return (
    <Suspense>
      <BarredGuide barred={barred} next={pathname} />
    </Suspense>
  );
}

import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { doorOf, TRPCProvider, useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";

/** Everything below reads the log as the member would see it. It has a cache of its own, so that nothing of one view shows in the other. */
export function ThroughEyesOf({ userId, children }: { userId: string; children: ReactNode }) {
  const { id } = useOrganization();
  const door = doorOf(id, userId);
  return (
    <QueryClientProvider client={door.queryClient}>
      <TRPCProvider trpcClient={door.client} queryClient={door.queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** Stands over the log for as long as it is somebody else's view. */
export function SimulationBanner({ userId, onExit }: { userId: string; onExit: () => void }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.access.simulate.queryOptions({ userId }));
  return (
    <div role="status" data-simulation className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-chip-pending px-3 py-2 text-pending">
      <Eye size={16} aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-1 basis-[220px]">
        {error ? (
          readApiError(error).message
        ) : (
          <>
            <strong className="font-medium">You see the log as {data ? data.person.name : "…"} would.</strong>{" "}
            {data && !data.mayRead ? `They would see nothing: ${data.reason}` : data?.suspended ? "They are suspended, so at present they see nothing." : ""}{" "}
            {data?.masked && "Some fields are hidden from them. "}
            That you look is recorded; nothing can be changed from here.
          </>
        )}
      </p>
      <Button size="dense" onClick={onExit}>
        Exit
      </Button>
    </div>
  );
}

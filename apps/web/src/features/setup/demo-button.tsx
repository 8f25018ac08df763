import { useMutation } from "@tanstack/react-query";
import { doorOf } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";

/** Demo data is an organization of its own, so the real log is never mixed with it. */
export function DemoButton({ organizationId, onLoaded }: { organizationId: string; onLoaded: (slug: string) => void }) {
  const load = useMutation({
    mutationFn: () => doorOf(organizationId).client.demo.load.mutate(),
    onSuccess: ({ organization }) => onLoaded(organization.slug),
  });
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button disabled={load.isPending} onClick={() => load.mutate()}>
        {load.isPending ? "Loading demo data…" : "Load demo data"}
      </Button>
      {load.isError && (
        <span role="alert" className="text-failed">
          {readApiError(load.error).message}
        </span>
      )}
    </span>
  );
}

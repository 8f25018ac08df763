import { useMutation } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { doorOf } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { useOpen } from "./organization.tsx";
import { forgetSession } from "./session.ts";

export function DemoBanner() {
  const { organization, session } = useOpen();
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const router = useRouter();
  // Asked for in the owner's own organization, because that is where its removal is recorded.
  const home = session.organizations.find(({ demo }) => !demo);
  const remove = useMutation({
    mutationFn: () => doorOf((home ?? organization).id).client.demo.remove.mutate(),
    onSuccess: async () => {
      forgetSession();
      await navigate({ to: "/" });
      await router.invalidate();
    },
  });
  return (
    <aside aria-label="Demo data" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-chip-pending px-4 py-1 text-pending">
      <p className="flex-1 basis-[240px]">
        <strong className="font-semibold">Demo data.</strong> A made-up company and real vendor samples. Nothing here touches your own log.
      </p>
      <Button size="dense" onClick={() => setAsking(true)}>
        Remove
      </Button>
      {asking && (
        <Confirm
          title="Remove the demo data?"
          act="Remove demo data"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          The organization “{organization.name}” goes with all its events, incidents, reports and mails. Your own log records that it was removed.
        </Confirm>
      )}
    </aside>
  );
}

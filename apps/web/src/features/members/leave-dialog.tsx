import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useOpen } from "../../shell/organization.tsx";
import { forgetSession } from "../../shell/session.ts";
import { useTRPC } from "../../trpc.ts";
import { Confirm } from "../../ui/confirm.tsx";

export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { organization } = useOpen();
  const leave = useMutation(
    trpc.members.leave.mutationOptions({
      onSuccess: () => {
        forgetSession();
        router.history.push("/");
      },
    }),
  );
  return (
    <Confirm
      title={`Leave ${organization.name}?`}
      act="Leave the organization"
      busy={leave.isPending}
      error={leave.error}
      onConfirm={() => leave.mutate({})}
      onClose={onClose}
    >
      You lose your role, teams, groups and keys here at once, and come back only by a new invitation. Your account and your other organizations stay.
    </Confirm>
  );
}

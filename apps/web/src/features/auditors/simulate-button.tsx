import { useNavigate } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { MenuItem } from "../../ui/menu.tsx";

/** An item of a member's menu that opens the log as they would see it. The server decides whose eyes one may look through. */
export function SimulateItem({ userId }: { userId: string }) {
  const { slug: org, grants } = useOrganization();
  const navigate = useNavigate();
  if (!grants.includes("events:simulate")) return null;
  return (
    <MenuItem onSelect={() => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: "activity" }, search: { as: userId } })}>
      What can they see?
    </MenuItem>
  );
}

import { useParams } from "@tanstack/react-router";
import { useOpen } from "../../shell/organization.tsx";
import { Area } from "../../ui/area.tsx";
import { useTeam } from "./use-team.ts";

export function TeamArea() {
  const { organization } = useOpen();
  const { team } = useParams({ from: "/o/$org/teams/$team" });
  const { data } = useTeam(team);
  const params = { org: organization.slug, team };
  return (
    <Area
      label={data ? `Team ${data.name}` : "Team"}
      tabs={[
        { label: "Members", link: { to: "/o/$org/teams/$team", params }, exact: true },
        ...(data?.seesLog
          ? [{ label: "Audit logs", link: { to: "/o/$org/teams/$team/logs/$logType" as const, params: { ...params, logType: "activity" as const } } }]
          : []),
      ]}
    />
  );
}

import { useParams } from "@tanstack/react-router";
import { useOpen } from "../../shell/organization.tsx";
import { Area } from "../../ui/area.tsx";

export function TeamArea() {
  const { organization } = useOpen();
  const { team } = useParams({ from: "/o/$org/teams/$team" });
  const params = { org: organization.slug, team };
  return (
    <Area
      label="Team"
      tabs={[
        { label: "Members", link: { to: "/o/$org/teams/$team", params } },
        { label: "Audit logs", link: { to: "/o/$org/teams/$team/logs/$logType", params: { ...params, logType: "activity" } } },
      ]}
    />
  );
}

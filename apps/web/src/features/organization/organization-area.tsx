import { useOpen } from "../../shell/organization.tsx";
import { Area, type AreaTab } from "../../ui/area.tsx";

export function OrganizationArea() {
  const { organization } = useOpen();
  const params = { org: organization.slug };
  const tabs: (AreaTab & { needs: (typeof organization.grants)[number] })[] = [
    { label: "Members", needs: "members:read", link: { to: "/o/$org/organization/members", params } },
    { label: "Teams", needs: "teams:read", link: { to: "/o/$org/organization/teams", params } },
    { label: "Groups", needs: "groups:read", link: { to: "/o/$org/organization/groups", params } },
    { label: "Collections", needs: "collections:read", link: { to: "/o/$org/organization/collections", params } },
    { label: "Connections", needs: "connections:read", link: { to: "/o/$org/organization/connections", params } },
    { label: "Auditors", needs: "auditors:read", link: { to: "/o/$org/organization/auditors", params } },
    { label: "Service users", needs: "service-users:read", link: { to: "/o/$org/organization/service-users", params } },
    { label: "Audit logs", needs: "members:read", link: { to: "/o/$org/organization/audit-logs/$logType", params: { ...params, logType: "activity" } } },
  ];
  return <Area label="Organization" tabs={tabs.filter(({ needs }) => organization.grants.includes(needs))} />;
}

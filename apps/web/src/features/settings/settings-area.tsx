import { useOpen } from "../../shell/organization.tsx";
import { Area, type AreaTab } from "../../ui/area.tsx";

export function SettingsArea() {
  const { organization } = useOpen();
  const params = { org: organization.slug };
  const tabs: (AreaTab & { needs: (typeof organization.grants)[number] })[] = [
    { label: "General", needs: "organization:manage", link: { to: "/o/$org/settings/general", params } },
    { label: "Security", needs: "security:read", link: { to: "/o/$org/settings/security", params } },
    { label: "Audit log", needs: "members:read", link: { to: "/o/$org/settings/security/audit-log", params } },
    { label: "API tokens", needs: "tokens:read", link: { to: "/o/$org/settings/tokens", params } },
    { label: "Redaction", needs: "redaction:read", link: { to: "/o/$org/settings/redaction", params } },
    { label: "Plan", needs: "organization:manage", link: { to: "/o/$org/settings/plan", params } },
  ];
  return <Area label="Settings" tabs={tabs.filter(({ needs }) => organization.grants.includes(needs))} />;
}

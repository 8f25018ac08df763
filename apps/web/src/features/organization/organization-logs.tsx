import { useParams, useSearch } from "@tanstack/react-router";
import { Explorer } from "../logs/explorer.tsx";

/** The whole log, beside what else belongs to the organization. */
export function OrganizationLogs() {
  const { org, logType } = useParams({ from: "/o/$org/organization/audit-logs/$logType" });
  const search = useSearch({ from: "/o/$org/organization/audit-logs/$logType" });
  return (
    <Explorer
      place={{
        logType,
        search,
        link: (type, next) => ({ to: "/o/$org/organization/audit-logs/$logType", params: { org, logType: type }, search: next }),
      }}
    />
  );
}

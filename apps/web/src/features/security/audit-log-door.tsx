import { Navigate } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";

/** The settings have a way to the log, and there is one log: it opens as itself and remembers where the reader came from. */
export function AuditLogDoor() {
  const { slug: org } = useOrganization();
  return <Navigate to="/o/$org/logs/$logType" params={{ org, logType: "activity" }} state={{ door: "settings" }} replace />;
}

import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { searchFor } from "../logs/search-text.ts";

/** To what the log says of a token or key; in another tab, so that a secret that is shown once stays where it is. */
export function LogLink({ id }: { id: string }) {
  const { slug: org, grants } = useOrganization();
  if (!grants.includes("events:read")) return null;
  return (
    <Link to="/o/$org/logs/$logType" params={{ org, logType: "activity" }} search={{ q: searchFor("resource", id) }} target="_blank" className="link">
      See it in the activity log
    </Link>
  );
}

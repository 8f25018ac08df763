import { Link, useLocation } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useOrganization } from "../../shell/organization.tsx";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The way by which the reader came to the log. */
    door?: "settings";
  }
}

/** Who came from the settings finds the way back to them. */
export function Breadcrumb() {
  const { slug: org } = useOrganization();
  const door = useLocation({ select: ({ state }) => state.door });
  if (door !== "settings") return null;
  return (
    <nav aria-label="Breadcrumb" className="flex items-center gap-1 border-b px-3 py-1 text-meta text-ink-2">
      <Link to="/o/$org/settings/general" params={{ org }} className="link">
        Settings
      </Link>
      <ChevronRight size={12} aria-hidden />
      <Link to="/o/$org/settings/security" params={{ org }} className="link">
        Security
      </Link>
      <ChevronRight size={12} aria-hidden />
      <span aria-current="page">Audit log</span>
    </nav>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { choose, preference } from "../ui/preferences.ts";
import { useKeys } from "../ui/use-keys.ts";
import { useOrganization } from "./organization.tsx";

/** What works on every page, unless the page has a meaning of its own for the key. */
export function useGlobalKeys({ onShortcuts, onPalette }: { onShortcuts: () => void; onPalette: () => void }): void {
  const { slug: org } = useOrganization();
  const navigate = useNavigate();
  useKeys("everywhere", {
    "Mod+k": onPalette,
    "?": onShortcuts,
    "[": toggleSidebar,
    "g a": () => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: "activity" } }),
    "g s": () => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: "system" } }),
    "g o": () => void navigate({ to: "/o/$org/operations", params: { org } }),
    "g i": () => void navigate({ to: "/o/$org/incidents", params: { org } }),
  });
}

export const toggleSidebar = (): void => choose("sidebar", preference("sidebar") === "hidden" ? "shown" : "hidden");

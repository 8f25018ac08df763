import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useKeys } from "../ui/use-keys.ts";
import { useOrganization } from "./organization.tsx";

const secondKeyMs = 1200;

/** `g a`, `g s`, `g o`, `g i`: two keys in a row go to a place. */
export function useGoKeys(onShortcuts: () => void): void {
  const { slug: org } = useOrganization();
  const navigate = useNavigate();
  const armedAt = useRef(0);
  const go = (act: () => void) => () => {
    if (Date.now() - armedAt.current > secondKeyMs) return false;
    armedAt.current = 0;
    act();
    return true;
  };
  useKeys({
    "?": onShortcuts,
    g: () => {
      armedAt.current = Date.now();
    },
    a: go(() => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: "activity" } })),
    s: go(() => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: "system" } })),
    o: go(() => void navigate({ to: "/o/$org/operations", params: { org } })),
    i: go(() => void navigate({ to: "/o/$org/incidents", params: { org } })),
  });
}

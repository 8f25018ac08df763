import { useParams, useSearch } from "@tanstack/react-router";
import { Explorer } from "./explorer.tsx";

/** The log of the organization, as far as its reader sees it. */
export function LogsPage() {
  const { org, logType } = useParams({ from: "/o/$org/logs/$logType" });
  const search = useSearch({ from: "/o/$org/logs/$logType" });
  return <Explorer place={{ logType, search, link: (type, next) => ({ to: "/o/$org/logs/$logType", params: { org, logType: type }, search: next }) }} />;
}

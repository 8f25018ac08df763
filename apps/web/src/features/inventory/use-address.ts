import { useNavigate, useSearch } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { readInventorySearch, type InventorySearch } from "./inventory-search.ts";

export type InventoryPlace = "groups" | "collections" | "connections";

/** The part of the address that a list of the inventory reads and writes. */
export function useAddress(place: InventoryPlace): {
  search: InventorySearch;
  go: (change: Partial<Record<keyof InventorySearch, string | undefined>>) => void;
} {
  const { slug: org } = useOrganization();
  const navigate = useNavigate();
  const search = readInventorySearch(useSearch({ strict: false }));
  return {
    search,
    go: (change) =>
      void navigate({
        to: `/o/$org/organization/${place}`,
        params: { org },
        search: readInventorySearch({ ...search, ...change }),
        replace: "q" in change,
      }),
  };
}

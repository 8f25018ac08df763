import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, use, useEffect, type ReactNode } from "react";
import { doorOf, TRPCProvider } from "../trpc.ts";
import { HomeZoneContext, ZoneContext } from "../ui/zone-context.ts";
import { rememberOrganization, type Organization, type Session } from "./session.ts";

interface Open {
  organization: Organization;
  session: Session;
}

const OpenContext = createContext<Open | null>(null);

export function useOpen(): Open {
  const open = use(OpenContext);
  if (!open) throw new Error("This part of the console stands under an organization.");
  return open;
}

export const useOrganization = (): Organization => useOpen().organization;

/** Everything below talks to the server on behalf of this organization and shows times in its zone. */
export function OrganizationProvider({ organization, session, children }: Open & { children: ReactNode }) {
  const door = doorOf(organization.id);
  useEffect(() => rememberOrganization(organization.slug), [organization.slug]);
  return (
    <OpenContext value={{ organization, session }}>
      <QueryClientProvider client={door.queryClient}>
        <TRPCProvider trpcClient={door.client} queryClient={door.queryClient}>
          <HomeZoneContext value={organization.timeZone}>
            <ZoneContext value={organization.timeZone}>{children}</ZoneContext>
          </HomeZoneContext>
        </TRPCProvider>
      </QueryClientProvider>
    </OpenContext>
  );
}

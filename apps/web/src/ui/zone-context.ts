import { createContext, use } from "react";
import { browserZone } from "./zone-time.ts";

/** The zone every time on screen is shown in: the organization's, once one is open, unless the reader chose another. */
export const ZoneContext = createContext<string>(browserZone());
export const useZone = (): string => use(ZoneContext);

/** The organization's zone, whichever one is shown; null where no organization is open. */
export const HomeZoneContext = createContext<string | null>(null);
export const useHomeZone = (): string | null => use(HomeZoneContext);

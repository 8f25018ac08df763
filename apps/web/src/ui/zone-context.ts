import { createContext, use } from "react";
import { browserZone } from "./zone-time.ts";

/** The zone every time on screen is shown in: the organization's, once one is open. */
export const ZoneContext = createContext<string>(browserZone());
export const useZone = (): string => use(ZoneContext);

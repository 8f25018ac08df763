import { browserZone } from "../../../ui/zone-time.ts";
import type { ClockChoice } from "../logs-search.ts";

/** The zone a log's times are told in. Rows never depend on it: a range is resolved in the organization's zone, so that one link means one list to everybody. */
export function shownZone(tz: ClockChoice | undefined, home: string, preferred: ClockChoice = "home"): string {
  switch (tz ?? preferred) {
    case "utc":
      return "UTC";
    case "mine":
      return browserZone();
    case "home":
      return home;
  }
}

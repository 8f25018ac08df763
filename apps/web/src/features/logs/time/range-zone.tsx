import { usePreference } from "../../../ui/preferences.ts";
import { Segmented } from "../../../ui/segmented.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { offsetName } from "../../../ui/zone-time.ts";
import type { ClockChoice } from "../logs-search.ts";
import { shownZone } from "./shown-zone.ts";

interface ZoneChoiceProps {
  tz: ClockChoice | undefined;
  home: string;
  onChoose: (tz: ClockChoice | undefined) => void;
}

const clocks = [
  { value: "home", label: "Organization" },
  { value: "utc", label: "UTC" },
  { value: "mine", label: "Mine" },
] as const;

/** By whose clock times are told. The rows stay what they are. */
export function ZoneChoice({ tz, home, onChoose }: ZoneChoiceProps) {
  const now = useNow();
  const preferred = usePreference("times");
  const zone = shownZone(tz, home, preferred);
  const offset = offsetName(now, zone);
  return (
    <div className="flex flex-col gap-1 p-3">
      <span className="font-medium">Show times in</span>
      <Segmented label="Show times in" options={clocks} value={tz ?? preferred} onChange={(value) => onChoose(value === preferred ? undefined : value)} />
      <span className="text-meta text-ink-3">{zone === offset ? zone : `${zone}, now ${offset}`}</span>
    </div>
  );
}

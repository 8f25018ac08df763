import { wallTime } from "@daybook/event";
import { clockName, dayText } from "../../../ui/zone-time.ts";
import { clocksChangeOn } from "./bucket-time.ts";

const daySeconds = 86_400;
const monthSeconds = 28 * daySeconds;

/** As exact as the bucket is wide: "20 Nov 12:00", "20 Nov 2026", "Nov 2026"; "25 Oct 02:00 CEST" where one hour comes twice. */
export function bucketLabel(start: number, bucketSeconds: number, zone: string): string {
  if (Number.isNaN(start)) return "";
  const day = dayText(start, zone, bucketSeconds >= daySeconds);
  if (bucketSeconds >= monthSeconds) return day.replace(/^\d+ /, "");
  if (bucketSeconds >= daySeconds) return day;
  const { hour, minute, second } = wallTime(start, zone);
  const clock = [hour, minute, ...(second === 0 ? [] : [second])].map((value) => String(value).padStart(2, "0")).join(":");
  return `${day} ${clock}${clocksChangeOn(start, zone) ? ` ${clockName(start, zone)}` : ""}`;
}

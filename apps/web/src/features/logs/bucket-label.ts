import { wallTime } from "@daybook/event";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const daySeconds = 86_400;
const monthSeconds = 28 * daySeconds;

/** As exact as the bucket is wide: "20 Nov 12:00", "20 Nov 2026", "Nov 2026". */
export function bucketLabel(start: string, bucketSeconds: number, zone: string): string {
  const instant = Date.parse(start);
  if (Number.isNaN(instant)) return "";
  const { year, month, day, hour, minute } = wallTime(instant, zone);
  const name = months[month - 1] ?? "";
  if (bucketSeconds >= monthSeconds) return `${name} ${year}`;
  if (bucketSeconds >= daySeconds) return `${day} ${name} ${year}`;
  return `${day} ${name} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

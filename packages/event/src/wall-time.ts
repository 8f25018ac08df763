/** What a clock and a calendar on the wall show. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** The wall of a time zone at an instant, in epoch milliseconds, on `Intl` alone. */
export function wallTime(instant: number, zone: string): WallTime {
  const wall: WallTime = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const part of formatOf(zone).formatToParts(instant)) {
    if (part.type in wall) wall[part.type as keyof WallTime] = Number(part.value);
  }
  return wall;
}

/** The wall's reading, held as if it were UTC. */
export const wallAsUtc = (wall: WallTime): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

/** How far the wall is ahead of UTC. */
export function zoneOffsetMs(instant: number, zone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  return wallAsUtc(wallTime(whole, zone)) - whole;
}

/** The first instant at which the wall shows that reading, held as if it were UTC, or something later: where clocks jump over it, the moment of the jump. */
export function startOfWall(wall: number, zone: string): number {
  // Whatever the offset is at that moment, it is the one of a day earlier or the one of a day later.
  const guesses = [wall - dayMs, wall + dayMs].map((at) => wall - zoneOffsetMs(at, zone)).toSorted((a, b) => a - b);
  const exact = guesses.find((at) => at + zoneOffsetMs(at, zone) === wall);
  return exact ?? endOfGap(wall, guesses, zone);
}

/** The wall jumps over the wanted time between the two guesses: halve the distance until the instant of the jump is left. */
function endOfGap(wall: number, guesses: number[], zone: string): number {
  let before = guesses[0] ?? wall;
  let after = guesses.at(-1) ?? wall;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + zoneOffsetMs(middle, zone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

const dayMs = 86_400_000;

/** An IANA zone that this runtime knows. A bare offset is none: the database reads `+05:30` as west of Greenwich. */
export function isTimeZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Making a format costs a hundred times what using it does. There are some 600 zones, so the map stays small. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  // Names of zones are the same in upper and lower case, and anybody may write them in a thousand ways.
  if (formats.size < zonesMax) formats.set(zone, made);
  return made;
}

const zonesMax = 1_000;

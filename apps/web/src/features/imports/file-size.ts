const units = ["bytes", "kB", "MB", "GB"] as const;

/** `1.4 MB`, in steps of 1,000 as file managers count. */
export function fileSize(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  for (; amount >= 1_000 && unit < units.length - 1; unit += 1) amount /= 1_000;
  return `${unit === 0 ? amount : amount.toFixed(1)} ${units[unit] ?? ""}`;
}

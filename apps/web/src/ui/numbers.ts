const exact = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const wholeNumber = (value: number): string => exact.format(value);

/** Exact below 10,000, then 8.4M: show the exact value on hover beside it. */
export const shortNumber = (value: number): string => (value < 10_000 ? exact.format(value) : short.format(value));

export const plural = (count: number, noun: string, many = `${noun}s`): string => `${exact.format(count)} ${count === 1 ? noun : many}`;

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} m ${Math.round((ms % 60_000) / 1000)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `in_progress` → "In progress". Keys of other products (`iam:CreateUser`, `user.session.start`) stay as people know them from there. */
export const inWords = (key: string): string => {
  if (/[^a-z0-9_]/.test(key)) return key;
  const spaced = key.replaceAll("_", " ").replaceAll(/\b(api|ip|sso|mfa)\b/g, (short) => short.toUpperCase());
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

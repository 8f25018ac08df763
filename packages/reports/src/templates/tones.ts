import type { CSSProperties } from "react";

/**
 * Colours by what they say, light and dark, as in the console. Light stands on each element, because many mail programs drop style
 * sheets; dark comes from one sheet for those that keep it. Each text colour has at least 4.5:1 on card and page, in both.
 */
const tones = {
  page: { light: { backgroundColor: "#F6F7F9" }, dark: { backgroundColor: "#0F1217" } },
  card: { light: { backgroundColor: "#FFFFFF", borderColor: "#DDE2E9" }, dark: { backgroundColor: "#151A21", borderColor: "#2A323D" } },
  text: { light: { color: "#151A22" }, dark: { color: "#E7EBF1" } },
  soft: { light: { color: "#48515F" }, dark: { color: "#B1BAC7" } },
  meta: { light: { color: "#5D6776" }, dark: { color: "#8F9AA9" } },
  accent: { light: { color: "#2457C5" }, dark: { color: "#86AAFF" } },
  failed: { light: { color: "#8E1F12" }, dark: { color: "#FF7F61" } },
  sensitive: { light: { color: "#8A2C78" }, dark: { color: "#E58FD2" } },
  line: { light: { borderColor: "#DDE2E9" }, dark: { borderColor: "#2A323D" } },
  barOk: { light: { backgroundColor: "#8390A1" }, dark: { backgroundColor: "#5A6879" } },
  barFailed: { light: { backgroundColor: "#A92E17" }, dark: { backgroundColor: "#E8623F" } },
  chipFailed: { light: { color: "#8E1F12", backgroundColor: "#FBE9E4" }, dark: { color: "#FF7F61", backgroundColor: "#3B1A12" } },
  chipSensitive: { light: { color: "#8A2C78", backgroundColor: "#F8E8F4" }, dark: { color: "#E58FD2", backgroundColor: "#351A30" } },
  chipNeutral: { light: { color: "#48515F", backgroundColor: "#ECEFF3" }, dark: { color: "#B1BAC7", backgroundColor: "#1D242D" } },
  button: { light: { color: "#FFFFFF", backgroundColor: "#2457C5" }, dark: { color: "#0F1217", backgroundColor: "#86AAFF" } },
  quiet: { light: { color: "#2457C5", backgroundColor: "#ECEFF3" }, dark: { color: "#86AAFF", backgroundColor: "#1D242D" } },
} as const satisfies Record<string, { light: Colours; dark: Colours }>;

interface Colours {
  color?: string;
  backgroundColor?: string;
  borderColor?: string;
}

export type Tone = keyof typeof tones;

export const toneStyle = (tone: Tone): CSSProperties => tones[tone].light;

const rules = Object.entries(tones).map(([tone, { dark }]) => `.${tone}{${declarations(dark)}}`);

function declarations(colours: Colours): string {
  const names = { color: "color", backgroundColor: "background-color", borderColor: "border-color" } as const;
  return (Object.keys(names) as (keyof typeof names)[])
    .flatMap((key) => (colours[key] === undefined ? [] : [`${names[key]}:${colours[key]}!important`]))
    .join(";");
}

/** The only style sheet. Without it the mail is light and still reads well on a phone. */
export const darkStyles = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  `@media (prefers-color-scheme:dark){${rules.join("")}}`,
  "@media (max-width:480px){.pad{padding:22px 18px 26px!important}.tile{display:inline-block!important;width:50%!important;padding:0 0 18px!important;box-sizing:border-box}}",
].join("");

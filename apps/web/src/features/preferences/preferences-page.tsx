import type { ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { chooseTheme, useTheme } from "../../shell/theme.ts";
import { Card, Page } from "../../ui/page.tsx";
import { choose, usePreference, type Preference } from "../../ui/preferences.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useNow } from "../../ui/use-now.ts";
import { browserZone, offsetName } from "../../ui/zone-time.ts";

const themeOptions = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;
const densityOptions: readonly { value: Preference<"density">; label: string }[] = [
  { value: "auto", label: "By width" },
  { value: "compact", label: "Compact" },
  { value: "cosy", label: "Cosy" },
  { value: "two-line", label: "Two lines" },
];
const timesOptions: readonly { value: Preference<"times">; label: string }[] = [
  { value: "home", label: "Organization" },
  { value: "utc", label: "UTC" },
  { value: "mine", label: "Mine" },
];

/** How the console looks and behaves for this reader, in this browser. */
export function PreferencesPage() {
  const { timeZone: home } = useOrganization();
  const theme = useTheme();
  const density = usePreference("density");
  const times = usePreference("times");
  const singleKeys = usePreference("singleKeys");
  const now = useNow();
  const zone = { home, utc: "UTC", mine: browserZone() }[times];
  const offset = offsetName(now, zone);
  return (
    <Page
      title="Preferences"
      about="How the console looks and behaves for you. It is kept in this browser and takes effect at once; your other devices and other people see nothing of it."
    >
      <Card className="divide-y">
        <Line title="Theme" about="The system’s own follows your computer between day and night.">
          <Segmented label="Theme" options={themeOptions} value={theme} onChange={chooseTheme} />
        </Line>
        <Line title="Density of rows" about="How close the rows of a log stand. A link or a saved view that asks for another density gets it.">
          <Segmented label="Density of rows" options={densityOptions} value={density} onChange={(value) => choose("density", value)} />
        </Line>
        <Line
          title="Times in logs"
          about={`Now told in ${zone === offset ? zone : `${zone} (${offset})`}. Which events a range holds never depends on it: ranges always go by the organization’s days.`}
        >
          <Segmented label="Times in logs" options={timesOptions} value={times} onChange={(value) => choose("times", value)} />
        </Line>
        <Line
          title="Single keys"
          about="Letters and signs such as j, / and ? act at once. Turn them off if you dictate, or press keys by mistake. Esc, arrows and combinations with Ctrl or ⌘ go on working."
        >
          <Switch label="Single keys" checked={singleKeys === "on"} onChange={(on) => choose("singleKeys", on ? "on" : "off")} />
        </Line>
      </Card>
    </Page>
  );
}

function Line({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <section className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 p-4">
      <div className="min-w-0 flex-1 basis-[260px]">
        <h2 className="text-section">{title}</h2>
        <p className="mt-0.5 max-w-[64ch] text-pretty text-ink-2">{about}</p>
      </div>
      {children}
    </section>
  );
}

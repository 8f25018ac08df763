import { facetsOfEvents, histogramOfEvents, read } from "@daybook/services";
import type { Context } from "@daybook/services";
import type { Store } from "@daybook/store";
import { benchPlatform } from "./arena.ts";
import { spanEnd } from "./search-data.ts";
import { line, timed } from "./timed.ts";

const dayMs = 86_400_000;
const rangeDays = 90;

/** Groups that stand open beside the list, so that the explorer asks for them with the first rows; it asks for another when somebody unfolds it. */
const openKeys = ["status", "operation", "action", "resource_type", "actor", "resource"] as const;

/** What people filter by: nothing, somebody who does little or much, what is rare or frequent, words, a network, and two that leave few or many. */
const searches: Record<string, string> = {
  "no filter": "",
  "one actor": "actor:usr_40",
  "a heavy actor": "actor:usr_0",
  failed: "is:failed",
  "a word": "sales",
  "words that never meet": "sales database",
  "a network": "ip:10.1.0.0/16",
  "team and status": "team:team_3 is:failed",
};

/** Facets and bars of 90 days, in two requests at one time, as the explorer sends them beside that for the rows. */
export async function facetFigures(
  store: Store,
  { organizationId, say, rounds }: { organizationId: string; say: (line: string) => void; rounds: number },
): Promise<{ facets: number; worst: string }> {
  const platform = benchPlatform({ store, origin: "http://localhost", say });
  const context: Context = { viewer: { kind: "daybook", organizationId, actor: { type: "system", id: "bench" } }, origin: "automation", request: {} };
  const range = { from: new Date(spanEnd.getTime() - rangeDays * dayMs).toISOString(), to: spanEnd.toISOString() };
  let worst = { facets: 0, worst: "" };
  for (const [name, q] of Object.entries(searches)) {
    const scope = { logType: "activity", filter: { q, ...range } } as const;
    let sample = "";
    const times = await timed(async () => {
      const [{ groups }, bars] = await Promise.all([
        read(platform, context, facetsOfEvents, { ...scope, keys: [...openKeys] }),
        read(platform, context, histogramOfEvents, { ...scope, by: "status", zone: "UTC" }),
      ]);
      sample = groups.every(({ exact }) => exact) && bars.exact ? "all" : "newest";
    }, rounds);
    if (times.p95 > worst.facets) worst = { facets: times.p95, worst: name };
    say(line(`facets and histogram, ${name}`, times, sample));
  }
  return worst;
}

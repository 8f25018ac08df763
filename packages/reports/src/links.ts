/** The console's pages as absolute addresses under the configured origin: a mail has no page that it is relative to. */
export interface ConsoleLinks {
  logs(filter?: LogFilter): string;
  event(id: string): string;
  incident(id: string): string;
  acknowledge(id: string): string;
  alerts(): string;
  reports(): string;
}

export interface LogFilter {
  action?: string;
  actor?: string;
  status?: string;
  from?: string;
  to?: string;
}

export function consoleLinks({ origin, slug }: { origin: string; slug: string }): ConsoleLinks {
  // A wrong origin is a wrong setting; a mail whose every link is broken must not go out.
  if (!/^https?:\/\/[^\s/?#]+$/.test(origin)) throw new Error(`Mail links need an origin such as https://daybook.acme.example; got ${JSON.stringify(origin)}`);
  const page = (path: string, search: [string, string | undefined][] = []): string => `${origin}/o/${encodeURIComponent(slug)}/${path}${query(search)}`;
  return {
    logs: (filter = {}) => page("logs/activity", Object.entries(filter)),
    event: (id) => page(`events/${encodeURIComponent(id)}`),
    incident: (id) => page("incidents", [["incident", id]]),
    acknowledge: (id) =>
      page("incidents", [
        ["incident", id],
        ["act", "acknowledge"],
      ]),
    alerts: () => page("alerts"),
    reports: () => page("reports"),
  };
}

/** Ids and keys are foreign text. A link without one filter shows too much; a link of many kilobytes is cut by somebody on its way. */
const valueLengthMax = 200;

function query(search: [string, string | undefined][]): string {
  // A colon may stand in a query; times stay readable in the plain-text part.
  const pairs = search.flatMap(([name, value]) =>
    value === undefined || value.length > valueLengthMax ? [] : [`${name}=${encodeURIComponent(value).replaceAll("%3A", ":")}`],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

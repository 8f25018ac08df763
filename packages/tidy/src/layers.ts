/** Which package may import which: the table of ARCHITECTURE.md, as the tests read it. A package that is not listed may not exist. */
const core = ["event", "catalog", "query", "policy", "connectors", "alerts", "retention", "reports"];
const doors = ["store", "outbound", "archive"];

export const mayImport: Record<string, readonly string[]> = {
  event: [],
  catalog: ["event"],
  query: ["event"],
  policy: ["event", "catalog", "query"],
  connectors: ["event", "catalog"],
  alerts: ["event", "catalog", "query"],
  retention: [],
  reports: ["event", "catalog"],
  sdk: ["event", "catalog"],
  store: ["event", "query"],
  outbound: ["event"],
  archive: ["event"],
  services: [...core, ...doors],
  "postgres-server": [],
  testkit: ["postgres-server", ...core, ...doors, "services"],
  tidy: [],
  bench: ["event", "catalog", "postgres-server", "sdk", "services", "store", "testkit"],
  api: [...core, ...doors, "services"],
  worker: [...core, ...doors, "services"],
  cli: [...core, ...doors, "services", "postgres-server"],
  web: core.filter((name) => name !== "reports"),
};

/** Packages whose code sees neither Node nor a browser. `reports` sees React besides. */
export const pure = ["event", "catalog", "query", "policy", "connectors", "alerts", "retention"];

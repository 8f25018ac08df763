/** A complete command: pasted as it stands, it makes one event with an actor, a resource, a change and a context. */
export function firstEventCurl(origin: string, token: string): string {
  const event = {
    action: "notebook_created",
    actor: { type: "user", name: "Alice Chen", email: "alice@company.com" },
    resource: { type: "notebook", name: "Sales Analysis Q2" },
    status: "success",
    duration_ms: 245,
    context: { ip: "192.168.1.100" },
  };
  // One field a line: short enough to be read before it is run.
  const fields = Object.entries(event)
    .map(([name, value]) => `    "${name}": ${JSON.stringify(value)}`)
    .join(",\n");
  return [
    `curl -X POST ${origin}/v1/events \\`,
    `  -H "Authorization: Bearer ${token}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{\n${fields}\n  }'`,
  ].join("\n");
}

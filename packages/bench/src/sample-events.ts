/** Bodies of about 700 bytes, as real ones are: a few actors do most, a few actions are frequent, resources are many. */
export function sampleEvent(index: number, at: Date): object {
  const actor = zipf(index, 400);
  const action = actions[zipf(index * 7, actions.length)] ?? "notebook_viewed";
  const resource = (index * 7_919) % 20_000;
  return {
    action,
    occurred_at: at.toISOString(),
    actor: { type: "user", id: `usr_${actor}`, name: `Person ${actor}`, email: `person.${actor}@example.com` },
    resource: { type: action.split("_")[0], id: `res_${resource}`, name: `Quarterly numbers ${resource}` },
    status: index % 23 === 0 ? "failed" : "success",
    ...(index % 23 === 0 && { error: { code: "timeout", message: "Step 2: the database did not answer in 30 s" } }),
    duration_ms: (index * 31) % 2_000,
    context: {
      ip: `192.168.${actor % 256}.${index % 256}`,
      user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/537.36 Chrome/153.0 Safari/537.36",
      session_id: `ses_${actor}_${Math.floor(index / 500)}`,
      request_id: `req_${index}`,
    },
    ...(index % 3 === 0 && { changes: { before: { status: "draft", title: "Report" }, after: { status: "published", title: "Q2 Sales Report" } } }),
    metadata: { environment: index % 5 === 0 ? "staging" : "production", warehouse: "analytics", attempt: index % 4 },
  };
}

const actions = [
  "notebook_viewed",
  "query_executed",
  "notebook_updated",
  "report_viewed",
  "pipeline_executed",
  "database_viewed",
  "report_exported",
  "notebook_created",
  "connection_updated",
  "collection_member_added",
  "report_shared",
  "api_token_workspace_created",
];

/** A cheap stand-in for Zipf's law: half of all draws fall on the first eighth. */
const zipf = (index: number, size: number): number => Math.floor(size * (((index * 2_654_435_761) % 1_000_003) / 1_000_003) ** 3);

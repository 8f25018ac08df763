import { consumers } from "@daybook/store";
import postgres from "postgres";
import type { TransactionSql } from "postgres";

/** Several organizations whose events are interleaved in time; of each hundred events the largest has seventy. */
export const organizations = [
  { id: "0192a000-0000-7000-8000-00000000a001", name: "Acme", from: 0, to: 70 },
  { id: "0192a000-0000-7000-8000-00000000b002", name: "Globex", from: 70, to: 85 },
  { id: "0192a000-0000-7000-8000-00000000c003", name: "Initech", from: 85, to: 93 },
  { id: "0192a000-0000-7000-8000-00000000d004", name: "Umbrella", from: 93, to: 98 },
  { id: "0192a000-0000-7000-8000-00000000e005", name: "Hooli", from: 98, to: 100 },
] as const;

const spanDays = 400;
/** Fixed, so that data which were kept from an earlier run are those that this run would load. */
export const spanEnd = new Date("2026-11-20T00:00:00Z");
const spanStart = new Date(spanEnd.getTime() - spanDays * 86_400_000);

const actors = 4_000;
const resources = 200_000;

/** Frequent first; a few do most. `database` stands in no event that says `sales`: two frequent words that never meet. */
const actions = [
  "notebook_viewed",
  "query_executed",
  "report_viewed",
  "notebook_updated",
  "database_viewed",
  "pipeline_executed",
  "report_exported",
  "notebook_created",
  "database_updated",
  "connection_updated",
  "report_shared",
  "pipeline_updated",
  "collection_member_added",
  "query_created",
  "dashboard_published",
  "notebook_deleted",
  "api_token_workspace_created",
  "connection_created",
  "report_deleted",
  "database_deleted",
  "sso_settings_updated",
  "workspace_plan_updated",
];
const topics = ["Sales", "Marketing", "Finance", "Churn", "Revenue", "Onboarding", "Retention", "Inventory", "Hiring", "Support"];
const forms = ["Report", "Overview", "Forecast", "Pipeline", "Summary", "Model", "Snapshot"];
const firstNames = ["Alice", "Bob", "Carol", "David", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Lena", "Mateo", "Nadia", "Oscar", "Priya"];
const lastNames = ["Smith", "Jones", "Garcia", "Muller", "Rossi", "Tanaka", "Okafor", "Novak", "Silva", "Dubois", "Larsen", "Haddad", "Kim", "Patel", "Weber"];

const list = (values: readonly string[]): string => `array[${values.map((value) => `'${value}'`).join(",")}]`;
/** One of many, by the law of Zipf: rank k about as often as 1/k. */
const zipf = (drawn: string, of: number): string => `floor(exp(${drawn} * ln(${of} + 1)))::int - 1`;
/** A number from 0 to 1 that every run draws alike. */
const drawn = (seed: number): string => `((hashint8extended(g, ${seed}) & 2147483647)::float8 / 2147483648)`;

/** Events of one month, numbered about `first` to `last` of so many, as rows of the log. */
const rows = ({ first, last, events, start, end }: Month): string => `
  with drawn as materialized (
    select g, (g % 100)::int as lot,
      date_trunc('milliseconds', timestamptz '${spanEnd.toISOString()}' - make_interval(secs => (${events} - g + 0.5) * ${(spanDays * 86_400) / events}::float8)) as at,
      ${zipf(drawn(1), actors)} as actor, ${zipf(drawn(2), actions.length)} as deed, ${zipf(drawn(3), resources)} as thing,
      ${zipf(drawn(4), 40)} as team, ${drawn(5)} as luck, ${drawn(6)} as length, (hashint8extended(g, 7) & 255)::int as byte
    from generate_series(${Math.max(1, first - 1)}::bigint, ${Math.min(events, last + 1)}::bigint) g
  ), named as (
    select *, (${list(actions)})[deed + 1] as action,
      (${list(firstNames)})[actor % ${firstNames.length} + 1] as first, (${list(lastNames)})[actor / ${firstNames.length} % ${lastNames.length} + 1] as last,
      (${list(topics)})[thing % ${topics.length} + 1] as topic, (${list(forms)})[thing / 10 % ${forms.length} + 1] as form,
      case ${organizations.map(({ id, to }) => `when lot < ${to} then '${id}'::uuid`).join(" ")} end as organization_id,
      case ${organizations.map(({ from, to }) => `when lot < ${to} then (g / 100) * ${to - from} + lot - ${from} + 1`).join(" ")} end as seq,
      case when luck < 0.04 then 'failed' when luck < 0.05 then 'in_progress' when luck < 0.052 then 'pending_approval' else 'success' end as status
    from drawn
    where at >= '${start}' and at < '${end}'
  ), told as (
    select *, split_part(action, '_', 1) as kind, split_part(action, '_', -1) as operation, first || ' ' || last as actor_name,
      lower(first || '.' || last) || (actor / 240) || '@example.com' as email,
      'Q' || (thing % 4 + 1) || ' ' || case when action like 'database%' and topic = 'Sales' then 'Storage' else topic end || ' ' || form || ' ' || thing as thing_name
    from named
  ), whole as (
    select *, actor_name || ' ' || operation || ' ' || kind || ' "' || thing_name || '"' as description, 'usr_' || (lot / 70 * 100000 + actor) as actor_id,
      'res_' || to_hex(thing * 7919 + 65536) as resource_id, '10.' || actor % 20 || '.' || actor % 200 || '.' || byte as ip,
      'ses_' || actor || '_' || to_char(at, 'YYYYMMDD') as session_id, 'req_' || md5(g::text) as request_id,
      case when status = 'failed' then (array['timeout','permission_denied','invalid_query','quota_exceeded'])[byte % 4 + 1] end as error_code,
      case when g % 10 < 3 then jsonb_build_object(
        'before', jsonb_build_object('status', 'draft', 'title', thing_name), 'after', jsonb_build_object('status', 'published', 'title', thing_name || ' v2'),
        'fields', jsonb_build_array(jsonb_build_object('path', case when g % 5000 < 3 then 'settings.visibility' else 'status' end, 'before', 'draft', 'after', 'published'),
          jsonb_build_object('path', 'title', 'before', thing_name, 'after', thing_name || ' v2'))) end as changes,
      jsonb_build_object('environment', case when byte < 40 then 'staging' when byte = 255 and g % 7 = 0 then 'canary' else 'production' end,
        'warehouse', 'analytics', 'attempt', byte % 4) as metadata,
      floor(exp(length * 12))::float8 as duration_ms, case when operation = 'executed' then floor(exp(length * 14))::bigint end as rows_returned
    from told
  )
  insert into events (organization_id, seq, id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, actor_id, actor_name, actor_email,
    resource_type, resource_id, resource_name, team_id, team_name, status, error_code, error_message, origin, description, duration_ms, rows_returned, ip,
    user_agent, session_id, request_id, changes, metadata, source, tokens)
  select organization_id, seq,
    (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5('id' || g), 2, 3) || '8' || substr(md5('id' || g), 6, 15))::uuid,
    at, at + interval '80 ms', case when g % 500 = 0 then 'system' else 'activity' end, action, kind, operation,
    case when actor % 50 = 49 then 'service_user' else 'user' end, actor_id, actor_name, email, kind, resource_id, thing_name, 'team_' || team, 'Team ' || team,
    status, error_code, case when error_code is not null then 'Step 2: the database did not answer in 30 s' end, case when byte % 3 = 0 then 'api' else 'interface' end,
    description, duration_ms, rows_returned, ip, 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/537.36 Chrome/153.0 Safari/537.36', session_id,
    request_id, changes, metadata, case when byte % 9 = 0 then 'app:dbt' else 'api' end, terms.tokens
  from whole
  cross join lateral event_tokens(event_salt(organization_id), action, kind, operation, case when actor % 50 = 49 then 'service_user' else 'user' end, actor_id,
    actor_name, email, null, kind, resource_id, thing_name, 'team_' || team, 'Team ' || team, status, error_code, error_code, null,
    case when byte % 3 = 0 then 'api' else 'interface' end, null, duration_ms, rows_returned, null, ip, session_id, request_id, changes, metadata, null,
    case when byte % 9 = 0 then 'app:dbt' else 'api' end, null) terms`;

/**
 * Loads so many events by SQL alone, month by month: each month's table is filled without indexes and then gets them, which takes a third of the time of
 * filling it with them.
 */
export async function loadEvents(url: string, { events, say }: { events: number; say: (line: string) => void }): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { maintenance_work_mem: "512MB", synchronous_commit: "off" },
  });
  try {
    for (const { id, name } of organizations) {
      await sql`insert into organizations (id, name, slug, time_zone) values (${id}, ${name}, ${name.toLowerCase()}, 'UTC') on conflict (id) do nothing`;
    }
    for (let month = monthOf(spanStart); month < spanEnd; month = monthAfter(month)) {
      const [first, last] = [numberAt(month, events), numberAt(monthAfter(month), events) - 1];
      // A month is loaded whole or not at all, so a load that was broken off goes on where it was.
      const [loaded] =
        await sql`select from events where occurred_at >= ${month.toISOString()}::text::timestamptz and occurred_at < ${monthAfter(month).toISOString()}::text::timestamptz limit 1`;
      if (first <= last && !loaded)
        await sql.begin((tx) => loadMonth(tx, { first, last, events, start: month.toISOString(), end: monthAfter(month).toISOString() }));
      say(`${month.toISOString().slice(0, 7)}: ${Math.max(0, last)} events`);
    }
    await sql`insert into organization_heads (organization_id, next_seq) select organization_id, max(seq) + 1 from events group by 1
      on conflict (organization_id) do update set next_seq = excluded.next_seq`;
    await sql`vacuum analyze events`;
    for (const { id } of organizations) await sql.begin((tx) => rollUpLoaded(tx, id));
    await sql`vacuum analyze activity_shapes, activity_hours`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Counts all of an organization's events at once: steps of the roll-up would update the same rows again and again, which ten million events have no use for. */
async function rollUpLoaded(tx: TransactionSql, organizationId: string): Promise<void> {
  const [counted] = await tx`
    insert into consumers (organization_id, name, cursor_seq)
    select organization_id, ${consumers.rollUpConsumer}, next_seq - 1 from organization_heads where organization_id = ${organizationId}
    on conflict do nothing
    returning cursor_seq`;
  if (!counted) return;
  await tx.unsafe("set local work_mem = '256MB'");
  await tx`
    insert into activity_hours (organization_id, hour, log_type, action, operation, actor_id, actor_name, resource_type, status, events)
    select organization_id, date_trunc('hour', occurred_at), log_type, action, operation, actor_id, actor_name, coalesce(resource_type, ''), status, count(*)
    from events
    where organization_id = ${organizationId}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    order by 2`;
  await tx`
    insert into activity_shapes (organization_id, grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events)
    select organization_id, grain, date_trunc(grain, hour, 'UTC'), log_type, action, operation, namespace, actor_type, resource_type, status, sum(events)
    from (
      select organization_id, date_trunc('hour', occurred_at) as hour, log_type, action, operation, namespace, actor_type,
        coalesce(resource_type, '') as resource_type, status, count(*) as events
      from events
      where organization_id = ${organizationId}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    ) hours
    cross join unnest(array['hour', 'day']) as grain
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    order by 2, 3`;
  await tx`
    insert into action_sightings (organization_id, action, first_seen, last_seen, events)
    select organization_id, action, min(occurred_at), max(occurred_at), count(*) from events where organization_id = ${organizationId} group by 1, 2`;
}

const monthOf = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
const monthAfter = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
/** The first event behind an instant; they stand in the middle of equal steps. */
const numberAt = (at: Date, events: number): number =>
  Math.min(events + 1, Math.max(1, Math.ceil(events + 0.5 - ((spanEnd.getTime() - at.getTime()) / (spanDays * 86_400_000)) * events)));

interface Month {
  first: number;
  last: number;
  events: number;
  start: string;
  end: string;
}

async function loadMonth(tx: TransactionSql, month: Month): Promise<void> {
  const { start, end } = month;
  const name = `events_${start.slice(0, 7).replace("-", "_")}`;
  await tx`select create_event_partition(${start}::text::date)`;
  await tx.unsafe(`alter table events detach partition ${name}`);
  const constraints = await tx<{ name: string }[]>`select conname as name from pg_constraint where conrelid = ${name}::text::regclass and contype = 'p'`;
  for (const constraint of constraints) await tx`alter table ${tx(name)} drop constraint ${tx(constraint.name)}`;
  const indexes = await tx<{ name: string }[]>`select indexrelid::regclass::text as name from pg_index where indrelid = ${name}::text::regclass`;
  for (const index of indexes) await tx`drop index ${tx(index.name)}`;
  await tx.unsafe(rows(month).replace("insert into events", `insert into ${name}`));
  await tx.unsafe(`alter table events attach partition ${name} for values from ('${start}') to ('${end}')`);
}

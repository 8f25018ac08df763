-- What the events of each operation say together, folded from the log by a consumer with a cursor: "still running", "waiting" and "never ended"
-- are questions about the last of several events, which no index over single events can answer.
create table operations (
  organization_id uuid not null,
  operation_id text not null,
  -- The earliest event: what began, who did it, to what.
  start_seq bigint not null,
  started_at timestamptz(3) not null,
  start_status text not null,
  first_action text not null,
  namespace text not null,
  actor jsonb not null,
  resource jsonb,
  -- The event that says how the operation stands.
  last_event_seq bigint not null,
  last_at timestamptz(3) not null,
  status text not null,
  last_action text not null,
  description text not null,
  told_duration_ms double precision,
  -- All events.
  begun boolean not null,
  events bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  state text not null generated always as (
    case status when 'in_progress' then 'running' when 'pending_approval' then 'waiting' else 'ended' end) stored,
  primary key (organization_id, operation_id)
);
create index operations_by_state on operations (organization_id, state, last_at, operation_id);
create index operations_by_time on operations (organization_id, last_at, operation_id);

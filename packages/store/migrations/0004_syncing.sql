-- Sources that Daybook reads, and the runs of reading them. A run is the unit of work: the queue only wakes whoever looks here.
create table sources (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text not null,
  name text not null,
  settings jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (organization_id, id),
  unique (organization_id, name)
);

create table sync_runs (
  organization_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  -- Joins the begin and end events of the run in the log.
  operation_id uuid not null,
  state text not null check (state in ('queued', 'running', 'succeeded', 'failed')),
  -- Who asked for it, as they were called then.
  triggered_by jsonb not null,
  requested_at timestamptz(3) not null,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  -- Until then the run belongs to the worker that took it last; afterwards anybody may take it over.
  lease_until timestamptz(3),
  -- How often it was taken. Its value at the taking is what a worker proves its hold with.
  attempts integer not null default 0,
  counts jsonb not null default '{}',
  error text,
  primary key (organization_id, id),
  foreign key (organization_id, source_id) references sources (organization_id, id) on delete cascade
);

-- A second click starts no second run.
create unique index sync_runs_one_at_a_time on sync_runs (organization_id, source_id) where state in ('queued', 'running');
create index sync_runs_by_source on sync_runs (organization_id, source_id, requested_at desc);
create index sync_runs_unfinished on sync_runs (requested_at) where state in ('queued', 'running');

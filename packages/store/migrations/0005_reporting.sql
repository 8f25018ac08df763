-- Reports that go out by themselves, and what went out. A scheduled period exists once, whoever sends it and however often it is tried.
create table report_schedules (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  template text not null,
  recipients text[] not null check (cardinality(recipients) between 1 and 50),
  zone text not null,
  -- 1 is Monday; hour and weekday are those of the clocks in `zone`.
  weekday smallint not null check (weekday between 1 and 7),
  hour smallint not null check (hour between 0 and 23),
  paused boolean not null default false,
  next_run_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
-- The worker looks across organizations for what is due.
create index report_schedules_due on report_schedules (next_run_at, organization_id, id) where not paused;

create table report_runs (
  organization_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  period_from timestamptz(3) not null,
  period_to timestamptz(3) not null,
  trigger text not null check (trigger in ('schedule', 'send_now')),
  -- As they were when it was sent.
  recipients text[] not null,
  events_total bigint not null,
  -- Earlier periods that nobody sent while the worker was down, and that nobody will send: an old summary is no news.
  periods_skipped integer not null default 0,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, schedule_id) references report_schedules (organization_id, id) on delete cascade
);
create unique index report_runs_once_a_period on report_runs (organization_id, schedule_id, period_from) where trigger = 'schedule';
create index report_runs_by_schedule on report_runs (organization_id, schedule_id, created_at desc);

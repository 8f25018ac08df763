-- Who belongs to what: standing of members, teams, what auditors were granted, and what the organization's plan allows.

-- A former member stays as a row, so that a name in old events still leads to somebody and the next invitation knows that it is one to come back.
alter table members
  add column status text not null default 'active' check (status in ('active', 'suspended', 'removed')),
  add column status_at timestamptz(3);
create index members_by_role on members (organization_id, role) where status = 'active';

create table teams (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  description text not null default '',
  created_at timestamptz(3) not null,
  primary key (organization_id, id)
);
create unique index teams_by_name on teams (organization_id, lower(name));

create table team_members (
  organization_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  role text not null check (role in ('admin', 'member')),
  created_at timestamptz(3) not null,
  primary key (organization_id, team_id, user_id),
  foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade,
  foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
);
create index team_members_by_user on team_members (organization_id, user_id);

-- What one auditor may see, of which time, until when. Ended grants stay: they say who could see what.
create table auditor_grants (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  -- The query's tree, and what was typed for it.
  query jsonb not null,
  query_text text not null,
  -- Events that occurred between these; null is open.
  events_from timestamptz(3),
  events_to timestamptz(3),
  may_export boolean not null,
  -- Fields that the auditor sees masked.
  hides text[] not null default '{}',
  reason text not null default '',
  created_by jsonb not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_by jsonb,
  reads bigint not null default 0,
  last_read_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade,
  check (expires_at <= created_at + interval '366 days')
);
create index auditor_grants_by_user on auditor_grants (organization_id, user_id);

-- What the host of this installation lets the organization use. Without a row everything: who hosts Daybook for himself has all of it.
create table plans (
  organization_id uuid primary key references organizations (id) on delete cascade,
  name text not null,
  -- Keys of features that are off.
  without_features text[] not null default '{}',
  -- Longest retention in days; null sets no limit.
  retention_days_max integer check (retention_days_max > 0),
  updated_at timestamptz(3) not null
);

-- How addresses are shown to whoever is no owner.
alter table organizations
  add column ip_display text not null default 'full' check (ip_display in ('full', 'masked'));

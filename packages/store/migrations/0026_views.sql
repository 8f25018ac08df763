-- What people look at again: saved views of the log, and short links to what one of them looked at.

create table saved_views (
  organization_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  -- Who else opens it: everybody of the organization, a team, or, with neither, nobody. Without its team it is its owner's alone again.
  with_organization boolean not null default false,
  team_id uuid,
  log_type text not null check (log_type in ('activity', 'system')),
  name text not null,
  description text not null default '',
  -- Parameters of the explorer's URL, by name.
  state jsonb not null,
  -- Counts the changes: whoever changes it says which version they saw.
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  updated_by jsonb not null,
  -- It stays for a while, so that a deletion can be undone and a link to it can say what became of it.
  deleted_at timestamptz(3),
  deleted_by jsonb,
  primary key (organization_id, id),
  foreign key (organization_id, owner_id) references members (organization_id, user_id) on delete cascade,
  foreign key (organization_id, team_id) references teams (organization_id, id) on delete set null (team_id),
  constraint saved_views_sharing check (not (with_organization and team_id is not null)),
  constraint saved_views_deletion check ((deleted_at is null) = (deleted_by is null))
);
create unique index saved_views_by_name on saved_views (organization_id, owner_id, lower(name)) where deleted_at is null;
create index saved_views_shared on saved_views (organization_id, id) where deleted_at is null and (with_organization or team_id is not null);
create index saved_views_of_team on saved_views (organization_id, team_id) where team_id is not null;
create index saved_views_deleted on saved_views (organization_id, deleted_at) where deleted_at is not null;

-- `view`: the id of a saved view, or the name of a built-in one, which stands in no table.
create table view_stars (
  organization_id uuid not null,
  user_id uuid not null,
  view text not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, user_id, view),
  foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
);

-- The view that a log opens with: a member's own choice, or, without a user, the organization's. `view` may be `none` as well.
create table view_defaults (
  organization_id uuid not null references organizations (id) on delete cascade,
  log_type text not null check (log_type in ('activity', 'system')),
  user_id uuid,
  view text not null,
  created_at timestamptz(3) not null,
  foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
);
create unique index view_defaults_of_whom on view_defaults (organization_id, log_type, user_id) nulls not distinct;

create table short_links (
  organization_id uuid not null references organizations (id) on delete cascade,
  -- Random, so that nobody finds a link that they were not given.
  id text not null,
  -- Where it leads, below the organization's own address, which may get another name.
  path text not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (organization_id, id)
);
create index short_links_of_member on short_links (organization_id, created_by, created_at);
create index short_links_by_end on short_links (organization_id, expires_at);

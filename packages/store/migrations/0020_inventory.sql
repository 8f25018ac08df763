-- The inventory of who may use what: groups, shared objects (collections, connections), and what members and groups may do with them.

create table groups (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  description text not null default '',
  -- What a host product that keeps the group calls it.
  external_id text,
  created_by jsonb not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id)
);
create index groups_by_name on groups (organization_id, lower(name), id);
-- People tell groups apart by their names; a host tells its own by their ids.
create unique index groups_by_own_name on groups (organization_id, lower(name)) where external_id is null;
create unique index groups_by_external_id on groups (organization_id, external_id) where external_id is not null;

create table group_members (
  organization_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, group_id, user_id),
  foreign key (organization_id, group_id) references groups (organization_id, id) on delete cascade,
  foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
);
create index group_members_by_user on group_members (organization_id, user_id);

create table shared_objects (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  -- collection, connection: the kinds are values of the code.
  type text not null,
  name text not null,
  description text not null default '',
  -- What it is in its product, such as `snowflake`; empty where nobody said.
  kind text not null default '',
  external_id text,
  created_by jsonb not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id)
);
create index shared_objects_by_name on shared_objects (organization_id, type, lower(name), id);
create unique index shared_objects_by_own_name on shared_objects (organization_id, type, lower(name)) where external_id is null;
create unique index shared_objects_by_external_id on shared_objects (organization_id, type, external_id) where external_id is not null;

create table shared_object_members (
  organization_id uuid not null,
  object_id uuid not null,
  user_id uuid not null,
  access text not null check (access in ('view', 'query', 'manage')),
  created_at timestamptz(3) not null,
  primary key (organization_id, object_id, user_id),
  foreign key (organization_id, object_id) references shared_objects (organization_id, id) on delete cascade,
  foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade
);
create index shared_object_members_by_user on shared_object_members (organization_id, user_id);

create table shared_object_groups (
  organization_id uuid not null,
  object_id uuid not null,
  group_id uuid not null,
  access text not null check (access in ('view', 'query', 'manage')),
  created_at timestamptz(3) not null,
  primary key (organization_id, object_id, group_id),
  foreign key (organization_id, object_id) references shared_objects (organization_id, id) on delete cascade,
  foreign key (organization_id, group_id) references groups (organization_id, id) on delete cascade
);
create index shared_object_groups_by_group on shared_object_groups (organization_id, group_id);

-- What members without access of their own have. Without a row: none.
create table default_access (
  organization_id uuid primary key references organizations (id) on delete cascade,
  access text not null check (access in ('none', 'view', 'query', 'manage'))
);

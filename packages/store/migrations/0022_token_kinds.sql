-- Service users, members' own keys, and tokens whose secret was replaced while the old one still works for a while.

-- Who acts where a program acts: it has tokens and no console session.
create table service_users (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  description text not null default '',
  -- Who answers for it: a team or a member.
  owner_team_id uuid,
  owner_user_id uuid,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz(3) not null,
  -- Stays as a row, so that its name in old events still leads to somebody.
  deleted_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, owner_team_id) references teams (organization_id, id) on delete set null (owner_team_id),
  foreign key (organization_id, owner_user_id) references members (organization_id, user_id) on delete set null (owner_user_id),
  check (owner_team_id is null or owner_user_id is null)
);
create unique index service_users_by_name on service_users (organization_id, lower(name)) where deleted_at is null;

alter table workspace_tokens
  add column kind text not null default 'workspace' check (kind in ('workspace', 'member_key')),
  -- Whose key it is.
  add column user_id uuid,
  add column service_user_id uuid,
  -- The token whose secret this one was before its rotation. The token keeps its id, and so its history; what is on the way out has one of its own.
  add column rotated_from uuid,
  add column rotated_at timestamptz(3),
  add column last_used_ip text,
  add constraint workspace_tokens_holder check ((kind = 'member_key') = (user_id is not null) and (kind = 'workspace' or service_user_id is null)),
  add constraint workspace_tokens_member foreign key (organization_id, user_id) references members (organization_id, user_id) on delete cascade,
  add constraint workspace_tokens_service_user foreign key (organization_id, service_user_id) references service_users (organization_id, id) on delete cascade,
  add constraint workspace_tokens_rotated_from foreign key (organization_id, rotated_from) references workspace_tokens (organization_id, id) on delete cascade;
create index workspace_tokens_by_user on workspace_tokens (organization_id, user_id) where user_id is not null;
create index workspace_tokens_by_service_user on workspace_tokens (organization_id, service_user_id) where service_user_id is not null;
create index workspace_tokens_rotated on workspace_tokens (organization_id, rotated_from) where rotated_from is not null;

-- What an organization takes out of its events before they are stored, beyond the built-in rules.
create table redaction_rules (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('path', 'key', 'pattern')),
  -- The path, the key, or the regular expression.
  expression text not null,
  -- A pattern may be confined to a path.
  within text,
  enabled boolean not null default true,
  -- The first rule that matches makes the hole.
  position integer not null,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
-- Holes name their rule, so two rules of one organization have two names.
create unique index redaction_rules_by_name on redaction_rules (organization_id, lower(name));

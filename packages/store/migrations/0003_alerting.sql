-- What alerting decides and whom it tells: rules, the incidents they open, and the mails that leave (reports send theirs through the same table).
create table alert_rules (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text not null,
  name text not null,
  enabled boolean not null default true,
  settings jsonb not null,
  recipients text[] not null,
  -- Events up to this one are history for the rule: it was made, or enabled again, after them.
  since_seq bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (organization_id, id)
);

create table incidents (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  rule_id uuid not null,
  group_key text not null,
  -- First 16 bytes of the SHA-256 of the key: a key may be longer than an index entry can be.
  group_hash uuid not null,
  state text not null check (state in ('open', 'acknowledged', 'resolved')),
  title text not null,
  severity text not null,
  opened_at timestamptz(3) not null,
  last_event_at timestamptz(3) not null,
  event_count bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  -- The newest only; `event_count` counts all.
  event_ids uuid[] not null,
  acknowledged_by uuid,
  acknowledged_by_name text,
  acknowledged_at timestamptz(3),
  resolved_by uuid,
  resolved_by_name text,
  resolved_at timestamptz(3),
  note text,
  primary key (organization_id, id),
  foreign key (organization_id, rule_id) references alert_rules (organization_id, id) on delete cascade
);
-- Second wall behind the consumer's cursor: one event opens one incident of a rule, whoever runs it how often.
create unique index incidents_by_first_event on incidents (organization_id, rule_id, first_seq);
create index incidents_by_group on incidents (organization_id, rule_id, group_hash, first_seq desc);
create index incidents_by_time on incidents (organization_id, opened_at desc, id desc);
create index incidents_open on incidents (organization_id, rule_id) where state = 'open';

create table mails (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('alert', 'report')),
  message_id text not null,
  subject text not null,
  html text not null,
  text text not null,
  recipients text[] not null,
  state text not null check (state in ('queued', 'delivered', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null,
  -- The last thing that went wrong, in words for a person.
  error text,
  -- Per recipient, once a mail server said something final: {address, state, detail, at}.
  receipts jsonb not null default '[]',
  -- What the mail tells of, and the event that says it went out.
  about jsonb not null,
  created_at timestamptz(3) not null default now(),
  sent_at timestamptz(3),
  primary key (organization_id, id)
);
create index mails_due on mails (organization_id, next_attempt_at) where state = 'queued';
create index mails_by_time on mails (organization_id, created_at desc, id desc);
create index mails_by_subject on mails (organization_id, (about #>> '{resource,id}'));

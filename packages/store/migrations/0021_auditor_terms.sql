-- What an auditor has to accept before a grant shows them anything; empty where nothing has to be.
alter table auditor_grants
  add column terms text not null default '',
  add column accepted_at timestamptz(3);

-- Those that show something or wait for it, and what ended last.
create index auditor_grants_by_time on auditor_grants (organization_id, created_at desc, id desc);

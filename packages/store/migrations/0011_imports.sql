-- Importers that people made: where the parts of an event stand in another product's record.
create table import_mappings (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  -- Stands in the source and in the idempotency keys of its events, so it outlives a new name.
  slug text not null,
  name text not null,
  mapping jsonb not null,
  created_by jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id)
);
create unique index import_mappings_by_slug on import_mappings (organization_id, slug);

-- One run of an importer over one file. Each batch of events and the counts that it adds to are one transaction, so the row is right wherever the
-- process is killed; a row that says `running` and has not beaten for a while was interrupted.
create table imports (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  -- Id of an importer, or `mapping:<slug>`.
  vendor text not null,
  title text not null,
  file_name text not null,
  state text not null check (state in ('running', 'completed', 'failed', 'undoing', 'undone')),
  -- Why it failed, in words for a person.
  error text,
  records bigint not null default 0,
  created bigint not null default 0,
  duplicates bigint not null default 0,
  conflicts_total bigint not null default 0,
  problems_total bigint not null default 0,
  older_than_retention bigint not null default 0,
  -- The first ones by line.
  conflicts jsonb not null default '[]',
  problems jsonb not null default '[]',
  bytes_read bigint not null default 0,
  bytes_total bigint,
  -- Its events lie between these, among others.
  first_seq bigint not null,
  last_seq bigint not null,
  started_by jsonb not null,
  started_at timestamptz(3) not null,
  heartbeat_at timestamptz(3) not null,
  finished_at timestamptz(3),
  -- How far an undo is: what it has removed, and up to where.
  undone_by jsonb,
  undo_from_seq bigint,
  undone_events bigint not null default 0,
  undone_at timestamptz(3),
  primary key (organization_id, id)
);
create index imports_by_time on imports (organization_id, started_at desc, id desc);
-- What one import brought; events that came by another door are not in it.
create index events_of_import on events (organization_id, import_id, occurred_at, id) where import_id is not null;
create index imports_undoing on imports (organization_id, id) where state = 'undoing';

-- The one place that takes removed events out of everything that counted them. First and last seen stay: they say when, not how many.
--   p_hours: array of {hour, log_type, action, operation, actor_id, actor_name, resource_type, status, events}
--   p_operations: array of {operation_id, events}
create function uncount_events(p_organization uuid, p_hours jsonb, p_operations jsonb) returns void language plpgsql as $$
begin
  update activity_hours kept
  set events = kept.events - gone.events
  from jsonb_to_recordset(p_hours) as gone (
    hour timestamptz, log_type text, action text, operation text, actor_id text, actor_name text, resource_type text, status text, events bigint)
  where kept.organization_id = p_organization
    and kept.hour = gone.hour
    and kept.parts_hash = md5(
      length(gone.log_type) || ':' || gone.log_type || length(gone.action) || ':' || gone.action || length(gone.operation) || ':' || gone.operation
      || length(gone.actor_id) || ':' || gone.actor_id || length(gone.actor_name) || ':' || gone.actor_name
      || length(gone.resource_type) || ':' || gone.resource_type || gone.status)::uuid;
  delete from activity_hours kept
  using jsonb_to_recordset(p_hours) as gone (hour timestamptz)
  where kept.organization_id = p_organization and kept.hour = gone.hour and kept.events <= 0;
  update action_sightings kept
  set events = greatest(0, kept.events - gone.events)
  from (
    select action, sum(events) as events
    from jsonb_to_recordset(p_hours) as hours (action text, events bigint)
    group by action
  ) gone
  where kept.organization_id = p_organization and kept.action = gone.action;
  update operations kept
  set events = kept.events - gone.events
  from jsonb_to_recordset(p_operations) as gone (operation_id text, events bigint)
  where kept.organization_id = p_organization and kept.operation_id = gone.operation_id;
  delete from operations kept
  using jsonb_to_recordset(p_operations) as gone (operation_id text)
  where kept.organization_id = p_organization and kept.operation_id = gone.operation_id and kept.events <= 0;
end $$;

-- One bounded batch of an import's events, oldest number first, with their idempotency keys and what they were counted in. Returns how many went,
-- and moves the place from which the next batch looks. Null: the import is not being undone. Keys are found by their hash, which the event's own
-- fields tell: a join with the batch would be planned on statistics that a large import has just made old.
create function undo_import_events(p_organization uuid, p_import uuid, p_limit integer) returns bigint language plpgsql as $$
declare
  from_seq bigint;
  end_seq bigint;
  batch_end bigint;
  removed bigint;
  ids uuid[];
  keys uuid[];
  hours jsonb;
  ended jsonb;
begin
  select undo_from_seq, last_seq into from_seq, end_seq
  from imports
  where organization_id = p_organization and id = p_import and state = 'undoing'
  for update;
  if not found then
    return null;
  end if;
  select max(seq) into batch_end
  from (
    select seq
    from events
    where organization_id = p_organization and seq >= from_seq and seq <= end_seq and import_id = p_import
    order by seq
    limit p_limit
  ) batch;
  if batch_end is null then
    return 0;
  end if;
  perform set_config('daybook.purging', 'on', true);
  with gone as (
    delete from events
    where organization_id = p_organization and seq >= from_seq and seq <= batch_end and import_id = p_import
    returning id, occurred_at, log_type, action, operation, actor_id, actor_name, actor_email, resource_type, status, operation_id, source, idempotency_key
  ), by_hour as (
    select date_trunc('hour', occurred_at) as hour, log_type, action, operation, coalesce(actor_id, actor_email, actor_name, '') as actor_id,
      coalesce(actor_name, actor_email, actor_id, '') as actor_name, coalesce(resource_type, '') as resource_type, status, count(*) as events
    from gone
    group by 1, 2, 3, 4, 5, 6, 7, 8
  ), by_operation as (
    select operation_id, count(*) as events from gone where operation_id is not null group by operation_id
  )
  select
    count(*), array_agg(id),
    array_agg(encode(substring(sha256(convert_to(source, 'UTF8') || '\x00'::bytea || convert_to(idempotency_key, 'UTF8')) from 1 for 16), 'hex')::uuid)
      filter (where idempotency_key is not null),
    (select coalesce(jsonb_agg(by_hour), '[]') from by_hour),
    (select coalesce(jsonb_agg(by_operation), '[]') from by_operation)
  into removed, ids, keys, hours, ended
  from gone;
  perform set_config('daybook.purging', 'off', true);
  delete from ingest_keys where organization_id = p_organization and key_hash = any (keys) and event_id = any (ids);
  perform uncount_events(p_organization, hours, ended);
  update imports
  set undone_events = undone_events + removed, undo_from_seq = batch_end + 1
  where organization_id = p_organization and id = p_import;
  return removed;
end $$;

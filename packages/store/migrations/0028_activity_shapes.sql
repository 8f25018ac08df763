-- Waits for a running roll-up and holds others up while the log is counted: with 10 million events a minute and a half on two busy cores.
lock table activity_hours in share row exclusive mode;

-- How many events of one shape occurred in an hour, and in a day (UTC): all that the explorer's bars and facets count, without who did it. By actor,
-- nearly every event of an hour has a row of its own; without, 10 million events of 90 days have some 400,000 rows by the hour and 45,000 by the day.
create table activity_shapes (
  organization_id uuid not null,
  grain text not null check (grain in ('hour', 'day')),
  start timestamptz(0) not null,
  log_type text not null,
  action text not null,
  operation text not null,
  namespace text not null,
  actor_type text not null,
  resource_type text not null,
  status text not null,
  events bigint not null,
  -- Identifiers may be longer than an index entry can be. Lengths stand between the parts, so that no two lists of parts are one text.
  parts_hash uuid not null generated always as (md5(
    length(log_type) || ':' || log_type || length(action) || ':' || action || length(operation) || ':' || operation
    || length(namespace) || ':' || namespace || length(actor_type) || ':' || actor_type
    || length(resource_type) || ':' || resource_type || status)::uuid) stored,
  primary key (organization_id, grain, start, parts_hash)
);

insert into activity_shapes (organization_id, grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events)
select events.organization_id, grain, date_trunc(grain, occurred_at, 'UTC'), log_type, action, operation, namespace, actor_type,
  coalesce(resource_type, ''), status, count(*)
from events
join consumers on consumers.organization_id = events.organization_id and consumers.name = 'roll_up' and events.seq <= consumers.cursor_seq
cross join unnest(array['hour', 'day']) as grain
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
order by 1, 2, 3;

-- Takes events out of the counts that stand for them.
--   p_shapes: array of {grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events}
create function uncount_shapes(p_organization uuid, p_shapes jsonb) returns void language plpgsql as $$
begin
  update activity_shapes kept
  set events = kept.events - gone.events
  from jsonb_to_recordset(p_shapes) as gone (
    grain text, start timestamptz, log_type text, action text, operation text, namespace text, actor_type text, resource_type text, status text, events bigint)
  where kept.organization_id = p_organization
    and kept.grain = gone.grain
    and kept.start = gone.start
    and kept.parts_hash = md5(
      length(gone.log_type) || ':' || gone.log_type || length(gone.action) || ':' || gone.action || length(gone.operation) || ':' || gone.operation
      || length(gone.namespace) || ':' || gone.namespace || length(gone.actor_type) || ':' || gone.actor_type
      || length(gone.resource_type) || ':' || gone.resource_type || gone.status)::uuid;
  delete from activity_shapes kept
  using jsonb_to_recordset(p_shapes) as gone (grain text, start timestamptz)
  where kept.organization_id = p_organization and kept.grain = gone.grain and kept.start = gone.start and kept.events <= 0;
end $$;

-- One bounded batch of an import's events, oldest number first, with their idempotency keys and what they were counted in. Returns how many went,
-- and moves the place from which the next batch looks. Null: the import is not being undone. Keys are found by their hash, which the event's own
-- fields tell: a join with the batch would be planned on statistics that a large import has just made old.
create or replace function undo_import_events(p_organization uuid, p_import uuid, p_limit integer) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  from_seq bigint;
  end_seq bigint;
  batch_end bigint;
  removed bigint;
  ids uuid[];
  keys uuid[];
  hours jsonb;
  shapes jsonb;
  ended jsonb;
begin
  perform refuse_other_organization(p_organization);
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
    returning id, occurred_at, log_type, action, operation, namespace, actor_type, actor_id, actor_name, actor_email, resource_type, status, operation_id,
      source, idempotency_key
  ), by_hour as (
    select date_trunc('hour', occurred_at) as hour, log_type, action, operation, coalesce(actor_id, actor_email, actor_name, '') as actor_id,
      coalesce(actor_name, actor_email, actor_id, '') as actor_name, coalesce(resource_type, '') as resource_type, status, count(*) as events
    from gone
    group by 1, 2, 3, 4, 5, 6, 7, 8
  ), by_shape as (
    select grain, date_trunc(grain, occurred_at, 'UTC') as start, log_type, action, operation, namespace, actor_type,
      coalesce(resource_type, '') as resource_type, status, count(*) as events
    from gone cross join unnest(array['hour', 'day']) as grain
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), by_operation as (
    select operation_id, count(*) as events from gone where operation_id is not null group by operation_id
  )
  select
    count(*), array_agg(id),
    array_agg(encode(substring(sha256(convert_to(source, 'UTF8') || '\x00'::bytea || convert_to(idempotency_key, 'UTF8')) from 1 for 16), 'hex')::uuid)
      filter (where idempotency_key is not null),
    (select coalesce(jsonb_agg(by_hour), '[]') from by_hour),
    (select coalesce(jsonb_agg(by_shape), '[]') from by_shape),
    (select coalesce(jsonb_agg(by_operation), '[]') from by_operation)
  into removed, ids, keys, hours, shapes, ended
  from gone;
  perform set_config('daybook.purging', 'off', true);
  delete from ingest_keys where organization_id = p_organization and key_hash = any (keys) and event_id = any (ids);
  perform uncount_events(p_organization, hours, ended);
  perform uncount_shapes(p_organization, shapes);
  update imports
  set undone_events = undone_events + removed, undo_from_seq = batch_end + 1
  where organization_id = p_organization and id = p_import;
  return removed;
end $$;

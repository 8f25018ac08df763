-- Nobody counts while the counts are mended; events come in all the while. In the order in which a roll-up takes them.
lock table consumers, activity_hours in share row exclusive mode;

-- As `parts_hash` of 0028 is made.
create function shape_hash(
  p_log_type text, p_action text, p_operation text, p_namespace text, p_actor_type text, p_resource_type text, p_status text)
returns uuid language sql immutable parallel safe
  return md5(
    length(p_log_type) || ':' || p_log_type || length(p_action) || ':' || p_action || length(p_operation) || ':' || p_operation
    || length(p_namespace) || ':' || p_namespace || length(p_actor_type) || ':' || p_actor_type
    || length(p_resource_type) || ':' || p_resource_type || p_status)::uuid;
revoke execute on function shape_hash from public;
grant execute on function shape_hash to daybook_app, daybook_platform;

-- A worker of an older Daybook counts hours alone, or shapes without a bound, and then moves the cursor: what it passed would be missing from the bars
-- for good. Its transaction is refused, nothing of it stays, and a worker of this version counts the same events.
create function refuse_older_roll_up() returns trigger language plpgsql as $$
begin
  if current_setting('daybook.roll_up', true) is distinct from '2' then
    raise exception 'the worker is older than the database and may not count: stop it, and start the one of this version' using errcode = 'feature_not_supported';
  end if;
  return new;
end $$;
create trigger roll_up_of_this_version before update of cursor_seq on consumers
  for each row when (new.name = 'roll_up') execute function refuse_older_roll_up();

-- Days of which an older worker counted hours and no shapes, between 0028 and this one. What was purged stands in the hours alone, and is not asked for.
create temporary table miscounted_days on commit drop as
select organization_id, day
from (select organization_id, date_trunc('day', hour, 'UTC') as day, sum(events) as events from activity_hours group by 1, 2) hours
left join (select organization_id, start::timestamptz as day, sum(events) as events from activity_shapes where grain = 'day' group by 1, 2) days
  using (organization_id, day)
where hours.events <> coalesce(days.events, 0)
  and day > coalesce(
    (select max(before) from purges where purges.organization_id = hours.organization_id and count > 0) - interval '1 day', '-infinity');
delete from activity_shapes kept using miscounted_days of_day
where kept.organization_id = of_day.organization_id and kept.start >= of_day.day and kept.start < of_day.day + interval '1 day';
insert into activity_shapes (organization_id, grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events)
select events.organization_id, grain, date_trunc(grain, occurred_at, 'UTC'), log_type, action, operation, namespace, actor_type,
  coalesce(resource_type, ''), status, count(*)
from miscounted_days of_day
join consumers on consumers.organization_id = of_day.organization_id and consumers.name = 'roll_up'
join events on events.organization_id = of_day.organization_id and events.seq <= consumers.cursor_seq
  and events.occurred_at >= of_day.day and events.occurred_at < of_day.day + interval '1 day'
cross join unnest(array['hour', 'day']) as grain
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;

-- What goes beyond the bounds of an hour or a day is counted together, as `consumers.rollUp` does it and explains.
create temporary table beyond_bounds on commit drop as
select *
from (
  select organization_id, grain, start, parts_hash, log_type, action, actor_type, status, events,
    row_number() over (partition by organization_id, grain, start order by events desc, parts_hash) as place
  from activity_shapes
) placed
where place > case grain when 'hour' then 1000 else 3000 end;
delete from activity_shapes kept using beyond_bounds gone
where kept.organization_id = gone.organization_id and kept.grain = gone.grain and kept.start = gone.start and kept.parts_hash = gone.parts_hash;
insert into activity_shapes (organization_id, grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events)
select organization_id, grain, start, log_type, case when action = 'organization_plan_changed' then action else '' end, '', '', actor_type, '', status, sum(events)
from beyond_bounds
group by 1, 2, 3, 4, 5, 8, 10;

-- Periods in which not every shape has a row of its own.
create index activity_shapes_of_others on activity_shapes (organization_id, start) where operation = '';

-- Takes events out of the counts that stand for them: their shape's own, or, where it has none, that of the others.
--   p_shapes: array of {grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events}
create or replace function uncount_shapes(p_organization uuid, p_shapes jsonb) returns void language plpgsql as $$
begin
  with gone as (
    select grain, start, events, array[
      shape_hash(log_type, action, operation, namespace, actor_type, resource_type, status),
      shape_hash(log_type, action, '', '', actor_type, '', status),
      shape_hash(log_type, '', '', '', actor_type, '', status)] as hashes
    from jsonb_to_recordset(p_shapes) as shapes (
      grain text, start timestamptz, log_type text, action text, operation text, namespace text, actor_type text, resource_type text, status text, events bigint)
  ), counted as (
    select grain, start, events, (
      select parts_hash from activity_shapes kept
      where kept.organization_id = p_organization and kept.grain = gone.grain and kept.start = gone.start and kept.parts_hash = any (gone.hashes)
      order by array_position(gone.hashes, kept.parts_hash)
      limit 1) as parts_hash
    from gone
  )
  update activity_shapes kept
  set events = kept.events - less.events
  from (select grain, start, parts_hash, sum(events)::bigint as events from counted group by 1, 2, 3) less
  where kept.organization_id = p_organization and kept.grain = less.grain and kept.start = less.start and kept.parts_hash = less.parts_hash;
  delete from activity_shapes kept
  using jsonb_to_recordset(p_shapes) as gone (grain text, start timestamptz)
  where kept.organization_id = p_organization and kept.grain = gone.grain and kept.start = gone.start and kept.events <= 0;
end $$;

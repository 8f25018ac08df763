-- How events leave the log when their organization's policy says so. What is removed is counted in the transaction that removes it.
create table purges (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  trigger text not null check (trigger in ('schedule', 'purge_now')),
  -- Events that occurred before it were past the policy.
  before timestamptz(3) not null,
  count bigint not null default 0,
  -- Months that went at once; their events are in the count as well.
  partitions_dropped integer not null default 0,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (organization_id, id)
);
-- A purge that was interrupted is continued, not begun beside itself.
create unique index purges_one_at_a_time on purges (organization_id) where finished_at is null;
create index purges_by_time on purges (organization_id, created_at desc, id desc);

-- Whether the organization's policy, as it stands now and until the transaction ends, lets go of what occurred before an instant.
-- A day is 24 hours of UTC.
create function retention_allows(p_organization uuid, p_before timestamptz, p_now timestamptz) returns boolean language plpgsql as $$
declare
  days integer;
begin
  select retention_days into days from organizations where id = p_organization for share;
  return coalesce(p_before <= p_now - make_interval(hours => 24 * days), false);
end $$;

-- One bounded batch of expired events, oldest first, with their idempotency keys, counted in the open purge. Null: the purge was closed or the
-- policy changed. Both deletes are ranges of an index up to the batch's last event: a join with the batch took seconds where statistics were old.
create function purge_events(p_organization uuid, p_purge uuid, p_from timestamptz, p_before timestamptz, p_limit integer, p_now timestamptz)
returns bigint language plpgsql as $$
declare
  last_at timestamptz;
  last_id uuid;
  purged bigint;
begin
  if not retention_allows(p_organization, p_before, p_now) then
    return null;
  end if;
  perform from purges where organization_id = p_organization and id = p_purge and finished_at is null for update;
  if not found then
    return null;
  end if;
  select occurred_at, id
  into last_at, last_id
  from (
    select occurred_at, id
    from events
    where organization_id = p_organization and occurred_at >= p_from and occurred_at < p_before
    order by occurred_at, id
    limit p_limit
  ) batch
  order by occurred_at desc, id desc
  limit 1;
  if not found then
    return 0;
  end if;
  perform set_config('daybook.purging', 'on', true);
  delete from events
  where organization_id = p_organization and occurred_at >= p_from and occurred_at <= last_at and (occurred_at, id) <= (last_at, last_id);
  get diagnostics purged = row_count;
  perform set_config('daybook.purging', 'off', true);
  delete from ingest_keys
  where organization_id = p_organization
    and occurred_at >= p_from
    and occurred_at <= last_at
    and (occurred_at, event_id) <= (last_at, last_id);
  update purges set count = count + purged where organization_id = p_organization and id = p_purge;
  return purged;
end $$;

-- Drops the partition of a month if every organization with events in it is past its policy for the whole month and has an open purge, in which
-- its events are counted. Writers to that month wait while it is counted; everybody waits for the drop itself, or it gives up soon.
create function drop_event_partition(p_month date, p_now timestamptz, p_lock_timeout_ms integer) returns boolean language plpgsql as $$
declare
  month_start timestamptz := date_trunc('month', p_month)::date::text || 'T00:00:00Z';
  month_end timestamptz := (date_trunc('month', p_month) + interval '1 month')::date::text || 'T00:00:00Z';
  partition_name text := 'events_' || to_char(p_month, 'YYYY_MM');
  owners uuid[];
  counts bigint[];
  owner uuid;
begin
  perform set_config('lock_timeout', p_lock_timeout_ms::text, true);
  perform pg_advisory_xact_lock(hashtextextended('drop_event_partition', 0));
  if to_regclass(partition_name) is null then
    return false;
  end if;
  execute format('lock table %I in share row exclusive mode', partition_name);
  execute format(
    'select coalesce(array_agg(organization_id), ''{}''), coalesce(array_agg(events), ''{}'')
    from (select organization_id, count(*) as events from %I group by organization_id order by organization_id) held', partition_name)
  into owners, counts;
  foreach owner in array owners loop
    if not retention_allows(owner, month_end, p_now) then
      return false;
    end if;
    perform from purges where organization_id = owner and finished_at is null for update;
    if not found then
      return false;
    end if;
  end loop;
  update purges
  set count = purges.count + held.events, partitions_dropped = purges.partitions_dropped + 1
  from unnest(owners, counts) as held (organization_id, events)
  where purges.organization_id = held.organization_id and purges.finished_at is null;
  delete from ingest_keys where organization_id = any (owners) and occurred_at >= month_start and occurred_at < month_end;
  execute format('drop table %I', partition_name);
  return true;
end $$;

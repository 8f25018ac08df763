-- What an hour is counted by may be longer than an index entry can be (2,704 bytes): four identifiers of 512 characters. Its hash tells rows apart, so
-- that no event can stop the roll-up. Lengths stand between the parts, so that no two lists of parts are one text.
alter table activity_hours drop constraint activity_hours_pkey;
alter table activity_hours add column parts_hash uuid not null generated always as (md5(
  length(log_type) || ':' || log_type || length(action) || ':' || action || length(operation) || ':' || operation
  || length(actor_id) || ':' || actor_id || length(actor_name) || ':' || actor_name
  || length(resource_type) || ':' || resource_type || status)::uuid) stored;
alter table activity_hours add primary key (organization_id, hour, parts_hash);

-- Few events are the system's own, and a page of them must not walk through everybody else's.
create index events_of_system on events (organization_id, occurred_at, id) where log_type = 'system';

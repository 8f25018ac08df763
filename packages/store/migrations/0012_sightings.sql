-- Waits for a running roll-up and holds others up while it reads what they counted: seconds with a million hours.
lock table activity_hours in share row exclusive mode;

-- When an action was first and last seen in an organization, and how often. The roll-up adds to it in the statement in which it counts the hours, so
-- that an event is counted once in both. A purge takes nothing away: what was seen has been seen, although its events are gone.
create table action_sightings (
  organization_id uuid not null,
  action text not null,
  first_seen timestamptz(3) not null,
  last_seen timestamptz(3) not null,
  events bigint not null,
  primary key (organization_id, action)
);

-- Hours say when to the hour only.
insert into action_sightings (organization_id, action, first_seen, last_seen, events)
select organization_id, action, min(hour), max(hour), sum(events)
from activity_hours
group by organization_id, action;

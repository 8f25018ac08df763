-- What search asks the log's indexes: more tokens an event, and an index of words.

-- Version 4 written as version 6 is the address of version 4 that it stands for.
create function event_plain_address(p_address inet) returns inet language sql immutable parallel safe
  return case when p_address <<= inet '::ffff:0:0/96' then inet '0.0.0.0' + (p_address - inet '::ffff:0:0') else p_address end;

-- An IP address: four numbers without leading zeros, or IPv6 without a zone. Null for any other text. The cast stands around the condition, because
-- within it the planner might try it first.
create function event_address(p_text text) returns inet language sql immutable parallel safe
  return event_plain_address(case
    when (p_text ~ '^((0|[1-9]\d{0,2})\.){3}(0|[1-9]\d{0,2})$' or (p_text ~ '^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?$' and length(p_text) <= 45))
      and pg_input_is_valid(p_text, 'inet')
    then p_text
  end::inet);

-- The network of so many bits that an address lies in, as text; of version 4, which has whole octets, these: `192.168`.
create function event_network(p_address inet, p_bits integer) returns text language sql immutable parallel safe
  return case family(p_address)
    when 4 then substring(host(p_address) from '^' || repeat('\d+\.', p_bits / 8 - 1) || '\d+')
    when 6 then network(set_masklen(p_address, p_bits))::text
  end;

-- A scalar of JSON as a query compares it: numbers without exponent and without zeros at their end. Null for objects and lists.
create function event_scalar(p_value jsonb) returns text language sql immutable parallel safe
  return case jsonb_typeof(p_value)
    when 'string' then p_value #>> '{}'
    when 'number' then trim_scale(p_value::numeric)::text
    when 'boolean' then p_value::text
    when 'null' then 'null'
  end;

-- Metadata that holds objects or lists: scalars and those of lists, two keys deep. What lies deeper has one token for all, and so has what goes beyond
-- 48 of them.
create function event_nested_metadata_tokens(p_salt bigint, p_metadata jsonb) returns bigint[] language sql immutable parallel safe
begin atomic
  with level_one as (
    select key as path, value from jsonb_each(p_metadata)
  ), level_two as (
    select path || '.' || key as path, inner_value as value
    from level_one, jsonb_each(case jsonb_typeof(value) when 'object' then value else '{}' end) as inner_object (key, inner_value)
  ), either as (
    select path, value from level_one
    union all
    select path, value from level_two
  ), scalars as (
    select path, event_scalar(item) as value
    from either, jsonb_array_elements(case jsonb_typeof(value) when 'array' then value when 'object' then '[]' else jsonb_build_array(value) end) item
    where jsonb_typeof(item) not in ('object', 'array')
    limit 49
  )
  select coalesce((select array_agg(event_token(p_salt, 'metadata.' || path, value)) from (select path, value from scalars limit 48) bounded), '{}')
    || case when (select count(*) from scalars) > 48 then array[event_token(p_salt, 'metadata.many', '')] else '{}' end
    || case when exists (select from level_two where jsonb_typeof(value) = 'object') then array[event_token(p_salt, 'metadata.deep', '')] else '{}' end;
end;

-- Networks that are usual: what lies in any other lies in the next wider of these. Null for a missing address.
create function event_network_tokens(p_salt bigint, p_address inet) returns bigint[] language sql immutable parallel safe
  return case family(p_address)
    when 4 then array[
      event_token(p_salt, 'network', event_network(p_address, 8)),
      event_token(p_salt, 'network', event_network(p_address, 16)),
      event_token(p_salt, 'network', event_network(p_address, 24))]
    when 6 then array[
      event_token(p_salt, 'network', event_network(p_address, 32)),
      event_token(p_salt, 'network', event_network(p_address, 48)),
      event_token(p_salt, 'network', event_network(p_address, 64))]
  end;

-- How many digits a number has before its point; null for a missing one.
create function event_digits(p_value double precision) returns text language sql immutable parallel safe
  return length(trunc(p_value)::numeric::text)::text;

-- One 64-bit hash for each value that a search can ask for. The append gives them to new events; `index-condition.ts` of the store asks for them.
-- A table of one row, because a function in FROM becomes part of the statement: called for each event it would cost 20 microseconds more.
create function event_tokens(
  p_salt bigint, p_action text, p_namespace text, p_operation text, p_actor_type text, p_actor_id text, p_actor_name text, p_actor_email text,
  p_on_behalf_of jsonb, p_resource_type text, p_resource_id text, p_resource_name text, p_team_id text, p_team_name text, p_status text,
  p_error_code text, p_error_message text, p_operation_id text, p_origin text, p_reason text, p_duration_ms double precision,
  p_rows_returned bigint, p_rows_affected bigint, p_ip text, p_session_id text, p_request_id text, p_changes jsonb, p_metadata jsonb,
  p_redactions jsonb, p_source text, p_token_id uuid)
returns table (tokens bigint[]) language sql stable parallel safe
begin atomic
  select array_remove(array[
      event_token(p_salt, 'action', p_action),
      event_token(p_salt, 'namespace', p_namespace),
      event_token(p_salt, 'operation', p_operation),
      event_token(p_salt, 'actor.type', p_actor_type),
      event_token(p_salt, 'actor.id', p_actor_id),
      event_token(p_salt, 'actor.name', p_actor_name),
      event_token(p_salt, 'actor.email', p_actor_email),
      event_token(p_salt, 'resource.type', p_resource_type),
      event_token(p_salt, 'resource.id', p_resource_id),
      event_token(p_salt, 'resource.name', p_resource_name),
      event_token(p_salt, 'team.id', p_team_id),
      event_token(p_salt, 'team.name', p_team_name),
      event_token(p_salt, 'status', nullif(p_status, 'success')),
      event_token(p_salt, 'error.code', p_error_code),
      event_token(p_salt, 'operation_id', p_operation_id),
      event_token(p_salt, 'origin', p_origin),
      event_token(p_salt, 'session_id', p_session_id),
      event_token(p_salt, 'request_id', p_request_id),
      event_token(p_salt, 'ip', p_ip),
      -- IPv4, from texts: validating an address would take five times as long, and what is none may have tokens of its own.
      case when strpos(p_ip, ':') = 0 then event_token(p_salt, 'network', split_part(p_ip, '.', 1)) end,
      case when strpos(p_ip, ':') = 0 then event_token(p_salt, 'network', split_part(p_ip, '.', 1) || '.' || split_part(p_ip, '.', 2)) end,
      case when strpos(p_ip, ':') = 0 then
        event_token(p_salt, 'network', split_part(p_ip, '.', 1) || '.' || split_part(p_ip, '.', 2) || '.' || split_part(p_ip, '.', 3))
      end,
      event_token(p_salt, 'source', p_source),
      event_token(p_salt, 'token_id', p_token_id::text),
      event_token(p_salt, 'duration.digits', event_digits(p_duration_ms)),
      event_token(p_salt, 'rows.digits', event_digits(greatest(p_rows_returned, p_rows_affected))),
      case when p_error_code is not null or p_error_message is not null then event_token(p_salt, 'has', 'error') end,
      case when p_rows_returned is not null or p_rows_affected is not null then event_token(p_salt, 'has', 'rows') end,
      case when p_reason is not null then event_token(p_salt, 'has', 'reason') end,
      case when p_on_behalf_of is not null then event_token(p_salt, 'has', 'on_behalf_of') end,
      case when p_redactions is not null then event_token(p_salt, 'has', 'redactions') end,
      case when p_changes is not null then event_token(p_salt, 'has', 'changes') end
    ], null)
    || case
      when p_on_behalf_of is null then '{}'
      else array(select event_token(p_salt, 'actor.id', person ->> 'id') from jsonb_array_elements(p_on_behalf_of) person where person ->> 'id' is not null)
    end
    || case when strpos(p_ip, ':') > 0 then coalesce(event_network_tokens(p_salt, event_address(p_ip)), '{}') else '{}' end
    || case
      when p_changes is null then '{}'
      -- The last four segments of each changed path, and every shorter end of it. Of more than 32 fields the rest has one token for all.
      else array(
        select event_token(p_salt, 'changed', array_to_string(segments[first:], '.'))
        from (
          select string_to_array(field ->> 'path', '.') as segments
          from jsonb_array_elements(p_changes -> 'fields') with ordinality as fields (field, at)
          where at <= 32
        ) paths,
          generate_series(greatest(1, cardinality(segments) - 3), cardinality(segments)) first)
        || case when jsonb_array_length(p_changes -> 'fields') > 32 then array[event_token(p_salt, 'changed.many', '')] else '{}' end
    end
    || case
      when p_metadata is null then '{}'
      when p_metadata @? 'strict $.* ? (@.type() == "object" || @.type() == "array")' then event_nested_metadata_tokens(p_salt, p_metadata)
      else array(select event_token(p_salt, 'metadata.' || key, event_scalar(value)) from jsonb_each(p_metadata))
    end;
end;

-- The words of what free text looks at, in lower case by Unicode's simple mapping. Each carries the end of its organization's id before it, so that a
-- search reads no other's. Not by PostgreSQL's parser, which knows addresses and numbers: words are what stands between ASCII characters that are neither
-- letters nor digits, as in the matcher. In a text that is long enough to hold a word too long for an index, words are cut to 64 letters.
-- The first five and the first eight letters of longer words stand there as well: of a beginning the index has to gather every event first, and two
-- frequent words that never meet take a third of the time when they are whole entries.
-- Not in SQL: the planner would put its body in its place, and think that comparing it with many rows costs nothing.
-- A call takes some 25 microseconds, which is this cost where reading an index is concerned: by a higher one the planner reads all that the index has of a
-- frequent word, to spare a hundred rows the comparison.
create function event_words(
  p_organization uuid, p_actor_name text, p_actor_email text, p_actor_id text, p_action text, p_resource_type text, p_resource_name text,
  p_resource_id text, p_description text, p_ip text)
returns tsvector language plpgsql immutable parallel safe cost 500 as $$
declare
  salt constant text := right(p_organization::text, 6);
  line text := lower((E'\n' || coalesce(p_actor_name, '') || E'\n' || coalesce(p_actor_email, '') || E'\n' || coalesce(p_actor_id, '') || E'\n' || p_action || E'\n'
    || coalesce(p_resource_type, '') || E'\n' || coalesce(p_resource_name, '') || E'\n' || coalesce(p_resource_id, '') || E'\n' || p_description || E'\n'
    || coalesce(p_ip, '')) collate "pg_c_utf8");
  words text[];
  word text;
begin
  if octet_length(line) > 1500 then
    line := regexp_replace(line, '([^\u0001-/:-`{-\u007f]{64})[^\u0001-/:-`{-\u007f]+', '\1', 'g');
  end if;
  -- The text begins with a separator, so behind the first blank. Through a vector, because that drops what stands twice.
  words := tsvector_to_array(array_to_tsvector(string_to_array(substr(regexp_replace(line, '[\u0001-/:-`{-\u007f]+', ' ' || salt, 'g'), 2), ' ')));
  foreach word in array words loop
    if length(word) > 6 + 5 then
      words := words || left(word, 6 + 5);
      if length(word) > 6 + 8 then
        words := words || left(word, 6 + 8);
      end if;
    end if;
  end loop;
  return array_to_tsvector(words);
end $$;

-- The one way into the log. Locks the organization's head, drops events whose key is known, numbers the rest without a gap,
-- inserts them and moves the head: all in the caller's statement.
--   p_keys: array of {ordinal, key_hash, payload_hash, event_id, occurred_at} for those that carry an idempotency key; ordinals from 1.
--   the rest: one array a column, of one length or null when every value is null. Arrays, because unnesting them costs half of
--   what jsonb_to_recordset does: 20 against 40 microseconds an event of 700 bytes.
create or replace function append_events(
  p_organization uuid, p_keys jsonb,
  p_id uuid[], p_occurred_at timestamptz[], p_received_at timestamptz[], p_log_type text[], p_action text[],
  p_namespace text[], p_operation text[], p_actor_type text[], p_actor_id text[], p_actor_name text[],
  p_actor_email text[], p_on_behalf_of jsonb[], p_resource_type text[], p_resource_id text[], p_resource_name text[],
  p_related_resources jsonb[], p_team_id text[], p_team_name text[], p_status text[], p_error_code text[],
  p_error_message text[], p_operation_id text[], p_origin text[], p_reason text[], p_description text[],
  p_duration_ms double precision[], p_rows_returned bigint[], p_rows_affected bigint[], p_counts jsonb[],
  p_ip text[], p_user_agent text[], p_session_id text[], p_request_id text[], p_changes jsonb[], p_metadata jsonb[],
  p_redactions jsonb[], p_source text[], p_token_id uuid[], p_idempotency_key text[], p_raw jsonb[],
  p_clock_skew_ms integer[], p_import_id uuid[])
returns table (first_seq bigint, known jsonb) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head bigint;
  inserted bigint;
  salt bigint := event_salt(p_organization);
  known_ordinals int[] := '{}';
  known_keys jsonb := '[]';
begin
  perform refuse_other_organization(p_organization);
  select next_seq into head from organization_heads where organization_id = p_organization for update;
  if not found then
    raise exception 'organization % has no head row', p_organization using errcode = 'foreign_key_violation';
  end if;
  if jsonb_array_length(p_keys) > 0 then
    with given as (
      select *
      from jsonb_to_recordset(p_keys) as k (ordinal int, key_hash uuid, payload_hash uuid, event_id uuid, occurred_at timestamptz)
    ), fresh as (
      insert into ingest_keys (organization_id, key_hash, payload_hash, event_id, occurred_at)
      select p_organization, key_hash, payload_hash, event_id, occurred_at
      from given
      on conflict do nothing
      returning key_hash
    )
    select coalesce(array_agg(given.ordinal), '{}')
    into known_ordinals
    from given
    where not exists (select from fresh where fresh.key_hash = given.key_hash);
    if cardinality(known_ordinals) > 0 then
      select coalesce(jsonb_agg(jsonb_build_object(
        'ordinal', given.ordinal, 'event_id', kept.event_id, 'same', kept.payload_hash = given.payload_hash)), '[]')
      into known_keys
      from jsonb_to_recordset(p_keys) as given (ordinal int, key_hash uuid, payload_hash uuid)
      join ingest_keys kept on kept.organization_id = p_organization and kept.key_hash = given.key_hash
      where given.ordinal = any (known_ordinals);
      -- A purge may delete a key between the two looks at it: then nobody can say whether its event stands, and the caller tries again.
      if jsonb_array_length(known_keys) < cardinality(known_ordinals) then
        raise exception 'an idempotency key was purged while it was looked at' using errcode = 'serialization_failure';
      end if;
    end if;
  end if;
  insert into events (
    organization_id, seq,
    id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, actor_id, actor_name,
    actor_email, on_behalf_of, resource_type, resource_id, resource_name, related_resources, team_id, team_name,
    status, error_code, error_message, operation_id, origin, reason, description, duration_ms, rows_returned,
    rows_affected, counts, ip, user_agent, session_id, request_id, changes, metadata, redactions, source, token_id,
    idempotency_key, raw, clock_skew_ms, import_id, tokens)
  select
    p_organization, head + row_number() over (order by e.ordinal) - 1,
    e.id, e.occurred_at, e.received_at, e.log_type, e.action, e.namespace, e.operation, e.actor_type, e.actor_id,
    e.actor_name, e.actor_email, e.on_behalf_of, e.resource_type, e.resource_id, e.resource_name,
    e.related_resources, e.team_id, e.team_name, e.status, e.error_code, e.error_message, e.operation_id, e.origin,
    e.reason, e.description, e.duration_ms, e.rows_returned, e.rows_affected, e.counts, e.ip, e.user_agent,
    e.session_id, e.request_id, e.changes, e.metadata, e.redactions, e.source, e.token_id, e.idempotency_key, e.raw,
    e.clock_skew_ms, e.import_id,
    terms.tokens
  from unnest(
    p_id, p_occurred_at, p_received_at, p_log_type, p_action, p_namespace, p_operation, p_actor_type, p_actor_id,
    p_actor_name, p_actor_email, p_on_behalf_of, p_resource_type, p_resource_id, p_resource_name,
    p_related_resources, p_team_id, p_team_name, p_status, p_error_code, p_error_message, p_operation_id, p_origin,
    p_reason, p_description, p_duration_ms, p_rows_returned, p_rows_affected, p_counts, p_ip, p_user_agent,
    p_session_id, p_request_id, p_changes, p_metadata, p_redactions, p_source, p_token_id, p_idempotency_key, p_raw,
    p_clock_skew_ms, p_import_id)
    with ordinality as e (
      id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, actor_id, actor_name,
      actor_email, on_behalf_of, resource_type, resource_id, resource_name, related_resources, team_id, team_name,
      status, error_code, error_message, operation_id, origin, reason, description, duration_ms, rows_returned,
      rows_affected, counts, ip, user_agent, session_id, request_id, changes, metadata, redactions, source, token_id,
      idempotency_key, raw, clock_skew_ms, import_id, ordinal)
  cross join lateral event_tokens(
      salt, e.action, e.namespace, e.operation, e.actor_type, e.actor_id, e.actor_name, e.actor_email, e.on_behalf_of, e.resource_type, e.resource_id,
      e.resource_name, e.team_id, e.team_name, e.status, e.error_code, e.error_message, e.operation_id, e.origin, e.reason, e.duration_ms,
      e.rows_returned, e.rows_affected, e.ip, e.session_id, e.request_id, e.changes, e.metadata, e.redactions, e.source, e.token_id) terms
  where e.ordinal <> all (known_ordinals);
  get diagnostics inserted = row_count;
  update organization_heads set next_seq = head + inserted where organization_id = p_organization;
  return query select head, known_keys;
end $$;

-- Events that are there already get the new tokens. No statement of the product can do this: it takes the owner, and the trigger out of the way.
alter table events disable trigger events_append_only;
update events
set tokens = (select terms.tokens from event_tokens(
  event_salt(organization_id), action, namespace, operation, actor_type, actor_id, actor_name, actor_email, on_behalf_of, resource_type, resource_id,
  resource_name, team_id, team_name, status, error_code, error_message, operation_id, origin, reason, duration_ms, rows_returned, rows_affected, ip,
  session_id, request_id, changes, metadata, redactions, source, token_id) terms);
alter table events enable trigger events_append_only;

create index events_by_word on events using gin (event_words(
  organization_id, actor_name, actor_email, actor_id, action, resource_type, resource_name, resource_id, description, ip));

-- Read by the statements of a search.
do $$
declare
  name regprocedure;
begin
  for name in
    select oid::regprocedure from pg_proc
    where pronamespace = 'public'::regnamespace and proname in ('event_plain_address', 'event_address', 'event_network', 'event_scalar', 'event_words')
  loop
    execute format('revoke execute on routine %s from public', name);
    execute format('grant execute on routine %s to daybook_app, daybook_platform', name);
  end loop;
end $$;

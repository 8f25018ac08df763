-- The second wall between organizations. Three roles that nobody can log in as; the server's login may become each of them and owns nothing:
--   daybook_app       reads and writes one organization: the one that `daybook.organization` names for the length of a transaction
--   daybook_platform  looks across organizations: for what begins with none, and for the worker
--   daybook_queue     owns the job queue's schema, and sees nothing of ours
-- Roles belong to the whole server, so they may be there already, or come into being in another database at the same moment.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['daybook_app', 'daybook_platform', 'daybook_queue'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
  -- An owner that is no superuser gives the queue's schema away only to a role that it could become.
  if not pg_has_role(current_user, 'daybook_queue', 'SET') then
    execute format('grant daybook_queue to %I with inherit false, set true', current_user);
  end if;
end $$;

grant usage on schema public to daybook_app, daybook_platform;
revoke create on schema public from public;

-- The queue makes its own tables. Those of an earlier version belong to whoever migrated then.
do $$
declare
  statement text;
begin
  if to_regnamespace('pgboss') is null then
    create schema pgboss authorization daybook_queue;
    return;
  end if;
  alter schema pgboss owner to daybook_queue;
  for statement in
    select format('alter table %s owner to daybook_queue', oid::regclass)
    from pg_class where relnamespace = 'pgboss'::regnamespace and relkind in ('r', 'p', 'v')
    union all
    select format('alter routine %s owner to daybook_queue', oid::regprocedure)
    from pg_proc where pronamespace = 'pgboss'::regnamespace
    union all
    select format('alter type %s owner to daybook_queue', oid::regtype)
    from pg_type where typnamespace = 'pgboss'::regnamespace and typtype in ('e', 'd')
  loop
    execute statement;
  end loop;
end $$;

-- What the app reads of the log. Policies come before whatever may leak, and the token index's operator may: under a policy alone every search reads
-- the whole organization (measured in docs/decisions). As part of a view the same condition is one among others, and every index stays usable.
create view organization_events as
  select * from events where organization_id = nullif(current_setting('daybook.organization', true), '')::uuid;

-- For the first line of a function that runs as the owner, for whom no policy counts: in a transaction of one organization it serves no other.
create function refuse_other_organization(p_organization uuid) returns void language plpgsql set search_path = public, pg_temp as $$
begin
  if nullif(current_setting('daybook.organization', true), '')::uuid is not distinct from p_organization then
    return;
  end if;
  if current_setting('role') = 'daybook_platform' or (current_setting('role') = 'none' and session_user = current_user) then
    return;
  end if;
  raise exception 'organization % is not that of this transaction', p_organization using errcode = 'insufficient_privilege';
end $$;

create function add_policy(p_table regclass, p_name text, p_role text, p_condition text) returns void language plpgsql as $$
begin
  if not exists (select from pg_policy where polrelid = p_table and polname = p_name) then
    execute format('create policy %I on %s to %I using (%s) with check (%s)', p_name, p_table, p_role, p_condition, p_condition);
  end if;
end $$;

-- Row security for one table, before anybody is granted anything on it. Whoever owns it is let through by name: the functions that run as the owner need it.
create function close_table(p_table regclass) returns void language plpgsql as $$
begin
  if not exists (select from pg_class where oid = p_table and relrowsecurity and relforcerowsecurity) then
    execute format('alter table %s enable row level security', p_table);
    execute format('alter table %s force row level security', p_table);
  end if;
  perform add_policy(p_table, 'owner', (select pg_get_userbyid(relowner) from pg_class where oid = p_table), 'true');
end $$;

create function grant_missing(p_table regclass, p_role text, p_privileges text[]) returns void language plpgsql as $$
declare
  privilege text;
begin
  foreach privilege in array p_privileges loop
    if not has_table_privilege(p_role, p_table, privilege) then
      execute format('grant %s on %s to %I', privilege, p_table, p_role);
    end if;
  end loop;
end $$;

-- Closes every table that knows organizations and grants the roles what they need. Runs after the migrations, whichever made a table; what is done
-- already it leaves alone.
create function protect_organization_tables() returns void language plpgsql as $$
declare
  one_organization constant text := $c$organization_id = nullif(current_setting('daybook.organization', true), '')::uuid$c$;
  all_rows constant text[] := array['select', 'insert', 'update', 'delete'];
  found record;
begin
  for found in
    select c.oid::regclass as name, c.relname::text as plain, c.relispartition as is_partition,
      exists (select from pg_attribute where attrelid = c.oid and attname = 'organization_id' and not attisdropped) as of_organization
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relowner = (select oid from pg_roles where rolname = current_user)
    order by c.relname
  loop
    if found.is_partition then
      -- Reached through its parent alone, whose policies then count.
      perform close_table(found.name);
    elsif found.of_organization then
      perform close_table(found.name);
      perform add_policy(found.name, 'one_organization', 'daybook_app', one_organization);
      perform add_policy(found.name, 'every_organization', 'daybook_platform', 'true');
      perform grant_missing(found.name, 'daybook_app', case found.plain
        when 'events' then '{}'
        when 'organization_heads' then '{select}'
        when 'ingest_keys' then '{select,delete}'
        else all_rows end);
      perform grant_missing(found.name, 'daybook_platform', case found.plain
        when 'events' then '{select}'
        when 'organization_heads' then '{select,insert}'
        when 'ingest_keys' then '{select}'
        else all_rows end);
    elsif found.plain = 'organizations' then
      perform close_table(found.name);
      perform add_policy(found.name, 'one_organization', 'daybook_app', $c$id = nullif(current_setting('daybook.organization', true), '')::uuid$c$);
      perform add_policy(found.name, 'every_organization', 'daybook_platform', 'true');
      perform grant_missing(found.name, 'daybook_app', '{select,update}');
      perform grant_missing(found.name, 'daybook_platform', '{select,insert,update}');
    elsif found.plain in ('users', 'accounts') then
      -- Of people an organization sees its members, present and former; of how they sign in, only the ways.
      perform close_table(found.name);
      perform add_policy(found.name, 'members', 'daybook_app', format('%I in (select user_id from members)', case found.plain when 'users' then 'id' else 'user_id' end));
      perform add_policy(found.name, 'everybody', 'daybook_platform', 'true');
      perform grant_missing(found.name, 'daybook_platform', all_rows);
    elsif found.plain = 'schema_migrations' then
      perform grant_missing(found.name, 'daybook_app', '{select}');
      perform grant_missing(found.name, 'daybook_platform', '{select}');
    else
      perform grant_missing(found.name, 'daybook_platform', all_rows);
    end if;
  end loop;
  perform grant_missing('users', 'daybook_app', '{select}');
  grant select (user_id, provider_id) on accounts to daybook_app;
  -- Who locks a head for the length of a transaction needs the right to change a column of it: one that no policy lets anybody change.
  grant update (organization_id) on organization_heads to daybook_app, daybook_platform;

  -- A view keeps the columns of the day on which it was made.
  if (select relnatts from pg_class where oid = 'organization_events'::regclass)
    < (select count(*) from pg_attribute where attrelid = 'events'::regclass and attnum > 0 and not attisdropped) then
    create or replace view organization_events as
      select * from events where organization_id = nullif(current_setting('daybook.organization', true), '')::uuid;
  end if;
  perform grant_missing('organization_events', 'daybook_app', '{select}');

  -- A table of the session's own would stand before ours of the same name.
  if has_database_privilege('daybook_app', current_database(), 'temporary') then
    execute format('revoke temporary on database %I from public', current_database());
  end if;

  -- Functions are open to everybody unless somebody closes them.
  for found in
    select oid::regprocedure as name, proname from pg_proc
    where pronamespace = 'public'::regnamespace and proowner = (select oid from pg_roles where rolname = current_user)
      and has_function_privilege('public', oid, 'execute')
  loop
    execute format('revoke execute on routine %s from public', found.name);
    if found.proname in ('append_events', 'event_token', 'event_salt', 'purge_events', 'undo_import_events') then
      execute format('grant execute on routine %s to daybook_app, daybook_platform', found.name);
    elsif found.proname in ('create_event_partition', 'drop_event_partition', 'purge_demo_events', 'delete_demo_organization') then
      execute format('grant execute on routine %s to daybook_platform', found.name);
    end if;
  end loop;
end $$;

-- Demo data is an organization of its own beside the one that asked for it. This row says how far its coming or going is, so that either can go on
-- after a crash.
create table demos (
  organization_id uuid primary key references organizations (id) on delete cascade,
  demo_id uuid not null unique references organizations (id) on delete cascade,
  created_at timestamptz(3) not null,
  loaded_at timestamptz(3),
  removing_at timestamptz(3)
);

-- A consumer that was about to serve an organization that is gone must not leave its cursor behind.
alter table consumers
  add foreign key (organization_id) references organization_heads (organization_id) on delete cascade;

-- Removes a demo organization from every table that knows organizations, whichever migration made it. Its events are gone by then.
create function delete_demo_organization(p_organization uuid) returns void language plpgsql as $$
declare
  table_name text;
begin
  if not exists (select from organizations where id = p_organization and demo) then
    raise exception 'organization % is not demo data', p_organization using errcode = 'integrity_constraint_violation';
  end if;
  -- Appends wait here, and then find no head.
  perform from organization_heads where organization_id = p_organization for update;
  -- A running consumer ends first: what it writes is seen by the deletes below.
  delete from consumers where organization_id = p_organization;
  delete from organizations where id = p_organization;
  for table_name in
    select c.relname
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('delete from %I where organization_id = $1', table_name) using p_organization;
  end loop;
end $$;

-- Every name that an organization has or had in URLs. None is ever given to another, so that an old link leads to its organization or nowhere.
create table organization_slugs (
  slug text primary key,
  organization_id uuid not null references organizations (id) on delete cascade,
  since timestamptz(3) not null default now()
);
create index organization_slugs_by_organization on organization_slugs (organization_id);
insert into organization_slugs (slug, organization_id, since) select slug, id, created_at from organizations;

-- Lists of a team are read in the order of names.
create index teams_in_order on teams (organization_id, lower(name), id);

-- What an organization demands of a sign-in, and the providers that it signs its people in with.
create table sign_in_rules (
  organization_id uuid primary key references organizations (id) on delete cascade,
  require_two_factor boolean not null default false,
  sso_only boolean not null default false,
  -- Hours after which a session no longer opens this organization; null sets no limit of its own.
  session_hours_max integer check (session_hours_max > 0),
  -- Domains that may be invited; none means any.
  invitation_domains text[] not null default '{}',
  -- Days after which the console points at a token that nobody used.
  unused_token_days integer not null default 90 check (unused_token_days > 0),
  updated_at timestamptz(3) not null
);

create table sign_in_providers (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  -- Issuer and client do not change: the subjects of another one would be other people.
  issuer text not null,
  client_id text not null,
  -- Sealed: `key id.nonce, tag and text`.
  client_secret text not null,
  -- In small letters. Nobody with another address comes in by this provider.
  email_domains text[] not null check (cardinality(email_domains) > 0),
  enabled boolean not null,
  -- What somebody becomes whom nobody invited; null lets only members in.
  auto_join_role text,
  -- When somebody last signed in with it, which is what proves that it works.
  last_used_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id)
);
create unique index sign_in_providers_by_name on sign_in_providers (organization_id, lower(name));
create unique index sign_in_providers_by_client on sign_in_providers (organization_id, issuer, client_id);
create index sign_in_providers_by_domain on sign_in_providers using gin (email_domains) where enabled;

-- Which subject of a provider is which user. One subject a user: a second one would be somebody else with their address.
create table sign_in_identities (
  organization_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  user_id uuid not null references users (id) on delete cascade,
  linked_at timestamptz(3) not null,
  primary key (organization_id, provider_id, subject),
  unique (organization_id, provider_id, user_id),
  foreign key (organization_id, provider_id) references sign_in_providers (organization_id, id) on delete cascade
);

-- A session that a provider opened ends with the provider.
alter table sessions
  add column provider_organization_id uuid,
  add column provider_id uuid,
  add foreign key (provider_organization_id, provider_id) references sign_in_providers (organization_id, id) on delete cascade,
  add check ((provider_id is null) = (provider_organization_id is null) and (method = 'single_sign_on') = (provider_id is not null));
create index sessions_by_provider on sessions (provider_organization_id, provider_id) where provider_id is not null;

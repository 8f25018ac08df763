-- How people prove who they are: second factors, passkeys, new passwords; and what makes guessing slow.
alter table sessions
  -- How its person proved who they are.
  add column method text not null default 'password'
    check (method in ('password', 'password_totp', 'recovery_code', 'passkey', 'single_sign_on')),
  -- Attempts that had failed since the sign-in before, so that a stranger's guessing shows.
  add column failed_before integer not null default 0,
  add column last_failed_at timestamptz(3);

create table second_factors (
  user_id uuid primary key references users (id) on delete cascade,
  -- Encrypted with the installation's secret.
  secret text not null,
  -- Null until a code of it was shown: only then it is asked for.
  confirmed_at timestamptz(3),
  -- Time step of the last code that was taken: no code counts twice.
  last_step bigint not null default 0,
  created_at timestamptz(3) not null
);

-- SHA-256 of 80 random bits. A used one is gone.
create table recovery_codes (
  user_id uuid not null references users (id) on delete cascade,
  code_hash bytea not null,
  primary key (user_id, code_hash)
);

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  credential_id text not null unique,
  public_key bytea not null,
  -- Of authenticators that count; a step back is a copy.
  counter bigint not null,
  transports text[] not null default '{}',
  backed_up boolean not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3)
);
create index passkeys_by_user on passkeys (user_id);

-- One half of something that takes two requests: a second factor after the password, an answer to a passkey's challenge.
create table sign_in_steps (
  -- SHA-256 of what the browser holds.
  token_hash bytea primary key,
  kind text not null check (kind in ('second_factor', 'passkey_sign_in', 'passkey_new')),
  user_id uuid references users (id) on delete cascade,
  challenge text,
  expires_at timestamptz(3) not null
);
create index sign_in_steps_by_time on sign_in_steps (expires_at);

-- Failures by SHA-256 of what was tried, so that addresses nobody has are counted, and lock, like those of members.
create table sign_in_attempts (
  subject_hash bytea primary key,
  -- Attempts of the window that began then.
  attempts integer not null,
  window_began_at timestamptz(3) not null,
  locked_until timestamptz(3),
  -- Failures since the last success.
  failures integer not null default 0,
  last_failed_at timestamptz(3),
  touched_at timestamptz(3) not null
);
create index sign_in_attempts_by_time on sign_in_attempts (touched_at);

create table password_resets (
  -- SHA-256 of the 256 random bits of a link.
  token_hash bytea primary key,
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index password_resets_by_user on password_resets (user_id);

-- Investigations: cases with their searches, pins and notes; and the weekly review that somebody signs off.

create table cases (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  -- What people call it: Case 12. Cases are never deleted, so a number is never given twice.
  number integer not null check (number > 0),
  title text not null,
  recipe text not null,
  -- What it is about: {kind, value}; the words of whoever opened it.
  subject jsonb not null,
  -- The searches as they stand, one a step: [{step, q}].
  steps jsonb not null,
  events_from timestamptz(3),
  events_to timestamptz(3),
  state text not null check (state in ('open', 'closed')),
  conclusion text,
  -- Grows with each change of title, time or state: whoever changes what they saw before finds it out.
  revision integer not null default 1,
  -- Whose case it is: members see their own. No foreign key: a case outlives its maker's membership.
  owner_id uuid,
  created_by jsonb not null,
  created_at timestamptz(3) not null,
  updated_by jsonb not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, number)
);

-- Ids of events and nothing of what they say: whoever looks sees them with their own eyes, or not at all.
create table case_pins (
  organization_id uuid not null,
  case_id uuid not null,
  event_id uuid not null,
  note text not null default '',
  pinned_by jsonb not null,
  pinned_at timestamptz(3) not null,
  primary key (organization_id, case_id, event_id),
  foreign key (organization_id, case_id) references cases (organization_id, id) on delete cascade
);

create table case_notes (
  organization_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  text text not null,
  -- Its place on the timeline.
  at timestamptz(3) not null,
  created_by jsonb not null,
  created_at timestamptz(3) not null,
  updated_by jsonb not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, case_id, id),
  foreign key (organization_id, case_id) references cases (organization_id, id) on delete cascade
);

-- One row a week that somebody signed off, also after it was opened again.
create table weekly_reviews (
  organization_id uuid not null references organizations (id) on delete cascade,
  -- The Monday, as a calendar on the organization's wall shows it.
  week date not null,
  state text not null check (state in ('open', 'signed')),
  statement text not null,
  -- Each item with its search, its count and the count of the week before, at the moment of the signature.
  figures jsonb not null,
  signed_by jsonb not null,
  signed_at timestamptz(3) not null,
  primary key (organization_id, week)
);

create table weekly_review_checks (
  organization_id uuid not null references organizations (id) on delete cascade,
  week date not null,
  item text not null,
  note text not null default '',
  checked_by jsonb not null,
  checked_at timestamptz(3) not null,
  primary key (organization_id, week, item)
);

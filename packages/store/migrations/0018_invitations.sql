-- Invitations, and mails with a link that is for their recipient alone.
create table invitations (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  -- In small letters, as users have it.
  email text not null,
  role text not null,
  -- [{teamId, role}], given when it is accepted.
  teams jsonb not null default '[]',
  -- SHA-256 of the link's 256 random bits. A new link replaces the old one.
  token_hash bytea not null unique,
  state text not null check (state in ('open', 'accepted', 'revoked', 'replaced')),
  -- For somebody who was a member before.
  former boolean not null,
  -- Whoever invites sees the link where no mail server is set up; then it proves no address.
  link_shown boolean not null,
  invited_by uuid,
  invited_by_name text not null,
  created_at timestamptz(3) not null,
  sent_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  settled_at timestamptz(3),
  primary key (organization_id, id)
);
-- An address has one open invitation; who invites it again after that one expired replaces it.
create unique index invitations_open on invitations (organization_id, email) where state = 'open';
create index invitations_by_time on invitations (organization_id, created_at desc, id desc);

-- When a member last asked for anything here, to a few minutes. Their session says nothing of one organization.
alter table members add column last_active_at timestamptz(3);

alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in ('alert', 'report', 'invitation', 'account'));
-- Put into the mail when it goes out, and gone once it has.
alter table mails add column secret_link text;

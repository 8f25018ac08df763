-- What was granted to an address that nobody has here yet: it waits for the invitation of that address to be accepted, and is then its member's.
alter table auditor_grants
  alter column user_id drop not null,
  -- In small letters, as users and invitations have it.
  add column pending_email text,
  add constraint auditor_grants_holder check ((user_id is null) = (pending_email is not null));
create index auditor_grants_pending on auditor_grants (organization_id, pending_email) where pending_email is not null;

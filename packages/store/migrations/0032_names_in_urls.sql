-- Names in URLs, also former ones, are kept single by organization_slugs. A second unique index makes a name a key that others may refer to, so that whoever
-- changed it waited for each transaction with a row that refers to the organization, and they for the head of the log, which the change needs at its end.
alter table organizations drop constraint organizations_slug_key;
create index organizations_by_slug on organizations (slug);

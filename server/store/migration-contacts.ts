// The tables of own contacts. As all that was released it is never edited.

/** A removed contact leaves its row without a value behind, so that phones which know it hear that it is gone. */
export const ownContacts = `
create table contact_books (
  user_id text primary key references users on delete cascade,
  revision bigint not null
);

create table contacts (
  user_id text not null references users on delete cascade,
  contact_id text not null,
  revision bigint not null,
  value jsonb,
  primary key (user_id, contact_id)
);
create unique index contacts_revision on contacts (user_id, revision);
`

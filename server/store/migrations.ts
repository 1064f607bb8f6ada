// The ordered list of changes that make the tables, and their running at start. A migration that was released is never edited.
import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration'
import type { Logger } from '../../common/log.ts'
import { ownContacts } from './migration-contacts.ts'
import { searchableHistory } from './migration-history.ts'
import { talkQuality } from './migration-quality.ts'
import type { Tables } from './tables.ts'

// `application_id` stands in users, devices and calls from the first migration, so that serving several applications
// will never need a rewrite of rows. Calls do not refer to users and devices by foreign keys: the record of a call is
// replayed from a file after an outage, and must fit whatever has become of its users since.
const first = `
create table applications (
  application_id text primary key,
  created_at bigint not null
);

create table users (
  user_id text primary key,
  application_id text not null references applications,
  username text not null,
  username_folded text not null,
  names_en text not null,
  names_fa text not null,
  names_folded text not null,
  kind text not null check (kind in ('person', 'echo')),
  password jsonb,
  created_at bigint not null,
  unique (application_id, username_folded)
);

create table devices (
  device_id text primary key,
  application_id text not null references applications,
  user_id text not null references users on delete cascade,
  name text not null,
  platform text not null,
  created_at bigint not null,
  signed_in_at bigint not null
);
create index devices_user on devices (user_id);

create table sessions (
  session_id text primary key,
  application_id text not null references applications,
  user_id text not null references users on delete cascade,
  device_id text not null references devices on delete cascade,
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index sessions_user on sessions (user_id);
create index sessions_device on sessions (device_id);
create index sessions_expiry on sessions (expires_at);

create table access_tokens (
  hash text primary key,
  session_id text not null references sessions on delete cascade,
  expires_at bigint not null
);
create index access_tokens_session on access_tokens (session_id);
create index access_tokens_expiry on access_tokens (expires_at);

create table refresh_tokens (
  hash text primary key,
  session_id text not null references sessions on delete cascade,
  state text not null check (state in ('current', 'previous', 'spent')),
  expires_at bigint not null
);
create index refresh_tokens_session on refresh_tokens (session_id);
create unique index refresh_tokens_current on refresh_tokens (session_id) where state = 'current';

create table calls (
  call_id text primary key,
  application_id text not null,
  seq bigint not null,
  status text not null,
  caller_id text not null,
  receptor_id text not null,
  created_at bigint not null,
  started_at bigint,
  talk_ms bigint not null,
  end_reason text,
  end_by text,
  end_detail text,
  finished_at bigint,
  creation_device_id text,
  creation_request_id text,
  state json
);
create unique index calls_creation on calls (creation_device_id, creation_request_id);
create index calls_live on calls (created_at) where status <> 'finished';
create index calls_application on calls (application_id, created_at desc, call_id desc);

create table call_legs (
  call_id text not null references calls on delete cascade,
  device_id text not null,
  side text not null check (side in ('caller', 'receptor')),
  phase text not null,
  seq bigint not null,
  primary key (call_id, device_id)
);

create table call_events (
  call_id text not null references calls on delete cascade,
  seq bigint not null,
  kind text not null,
  at bigint not null,
  data jsonb not null,
  primary key (call_id, seq, kind)
);

create table history (
  user_id text not null,
  call_id text not null references calls on delete cascade,
  side text not null check (side in ('caller', 'receptor')),
  created_at bigint not null,
  primary key (user_id, call_id)
);
create index history_page on history (user_id, created_at desc, call_id desc);
create index history_call on history (call_id);

create table favourites (
  user_id text not null references users on delete cascade,
  position integer not null,
  favourite_id text not null references users on delete cascade,
  primary key (user_id, position),
  unique (user_id, favourite_id)
);
create index favourites_favourite on favourites (favourite_id);

create table user_settings (
  user_id text primary key references users on delete cascade,
  do_not_disturb boolean not null default false,
  call_waiting boolean not null default false
);
`

// The echo service reads no Recents, and they grew with every call to it.
const second = `
delete from history using users where users.user_id = history.user_id and users.kind = 'echo';
`

// What a user wants of calls that come in, what an application's back end may do, and sign-ins for one call. Nothing
// was ever written to `user_settings`.
const third = `
drop table user_settings;

create table preferences (
  user_id text primary key references users on delete cascade,
  call_waiting boolean not null,
  do_not_disturb text not null check (do_not_disturb in ('off', 'busy', 'silent'))
);

create table blocked (
  user_id text not null references users on delete cascade,
  position integer not null,
  blocked_id text not null references users on delete cascade,
  primary key (user_id, position),
  unique (user_id, blocked_id)
);
create index blocked_blocked on blocked (blocked_id);

create table application_tokens (
  hash text primary key,
  application_id text not null references applications on delete cascade,
  created_at bigint not null
);
create index application_tokens_application on application_tokens (application_id);

create table call_orders (
  application_id text not null references applications on delete cascade,
  key_hash text not null,
  body_hash text not null,
  created_at bigint not null,
  primary key (application_id, key_hash)
);

create table join_codes (
  hash text primary key,
  application_id text not null references applications on delete cascade,
  call_id text not null,
  side text not null check (side in ('caller', 'receptor')),
  user_id text not null references users on delete cascade,
  expires_at bigint not null,
  used_at bigint
);
create index join_codes_expiry on join_codes (expires_at);
create index join_codes_user on join_codes (user_id);

alter table sessions add column scope_call_id text;
create index sessions_scope on sessions (scope_call_id) where scope_call_id is not null;

create index calls_caller on calls (caller_id, created_at desc);
create index calls_receptor on calls (receptor_id, created_at desc);
`

/** One statement at a time: prepared statements, which both databases use, hold no more. */
const run = async (text: string, db: Kysely<Tables>): Promise<void> => {
  for (const statement of text.split(/;\s*\n/)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db)
  }
}

const statements = (text: string): Migration => ({ up: (db: Kysely<Tables>) => run(text, db) })

const provider: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '0001-first': statements(first),
      '0002-echo-history': statements(second),
      '0003-back-ends': statements(third),
      '0004-history': { up: (db: Kysely<Tables>) => searchableHistory(db, run) },
      '0005-contacts': statements(ownContacts),
      '0006-quality': statements(talkQuality)
    })
}

/** Brings the tables up to date in one transaction, under a lock that keeps other starting servers out. Throws. */
export const migrate = async (db: Kysely<Tables>, log: Logger): Promise<void> => {
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest()
  for (const result of results ?? []) log.info('migration', { name: result.migrationName, status: result.status })
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed', { cause: error })
}

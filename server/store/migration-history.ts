// The migration that makes the history searchable, removable and seen on all devices. Like every released one never edited.
import { sql, type Kysely } from 'kysely'
import { searchText } from '../../common/search-text.ts'
import type { Tables } from './tables.ts'

// The other side stands in the row, so that the calls with somebody are found without looking at all; whether it was
// missed as common/call/outcome.ts says it. What is older than this was seen, as far as the server knows.
const text = `
alter table history add column finished_at bigint;
alter table history add column peer_id text;
alter table history add column missed boolean;
alter table history add column removed boolean not null default false;
update history set
  finished_at = coalesce(calls.finished_at, calls.created_at),
  peer_id = case history.side when 'caller' then calls.receptor_id else calls.caller_id end,
  missed = history.side = 'receptor' and coalesce(calls.end_detail, 'blocked') = 'blocked' and (
    coalesce(calls.end_reason, 'unknown') in ('missed', 'unreachable', 'busy')
    or (coalesce(calls.end_reason, 'unknown') = 'hangup' and calls.started_at is null)
  )
from calls where calls.call_id = history.call_id;
alter table history alter column finished_at set not null;
alter table history alter column peer_id set not null;
alter table history alter column missed set not null;
drop index history_page;
create index history_page on history (user_id, created_at desc, call_id desc) where not removed;
create index history_peer on history (user_id, peer_id, created_at desc, call_id desc) where not removed;
create index history_missed on history (user_id, created_at desc, call_id desc) where missed and not removed;
create index history_unseen on history (user_id, finished_at) where missed and not removed;

create table history_marks (
  user_id text primary key,
  seen_at bigint not null,
  edition bigint not null
);
insert into history_marks (user_id, seen_at, edition) select user_id, max(finished_at), 0 from history group by user_id;

alter table users rename column names_folded to search_text;
`

export const searchableHistory = async (
  db: Kysely<Tables>,
  run: (statements: string, on: Kysely<Tables>) => Promise<void>
): Promise<void> => {
  await run(text, db)
  // Folding is no work for SQL, and how it is done has changed since these were written.
  const users = await db.selectFrom('users').select(['user_id', 'username', 'names_en', 'names_fa']).execute()
  for (const { user_id: userId, username, names_en: en, names_fa: fa } of users) {
    const search = searchText({ username, names: { en, fa } })
    await sql`update users set search_text = ${search} where user_id = ${userId}`.execute(db)
  }
}

// The tables of how talks were. As all that was released it is never edited. They go with the record of their call.

/** Rows are only added: a batch that comes again finds its own row, and a long talk is not written anew with every batch. */
export const talkQuality = `
create table call_quality (
  call_id text not null references calls on delete cascade,
  device_id text not null,
  side text not null check (side in ('caller', 'receptor')),
  first integer not null,
  count integer not null,
  samples json not null,
  primary key (call_id, device_id, first)
);

create table call_ratings (
  call_id text not null references calls on delete cascade,
  side text not null check (side in ('caller', 'receptor')),
  rating text not null check (rating in ('good', 'bad')),
  reason text,
  rated_at bigint not null,
  primary key (call_id, side)
);
`

create schema audit;

create table audit.journal (
  county_code char(6) not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  fact text not null,
  account_id uuid,
  posting_id uuid,
  subject text,
  detail jsonb not null,
  ip text,
  mac text not null,
  wrote_in xid8 not null default pg_current_xact_id(),
  seq bigint,
  chain text,
  constraint journal_pk primary key (county_code, id),
  constraint journal_kind_known check (kind in ('fact', 'look', 'session', 'refused'))
);
comment on table audit.journal is 'Append-only. Each row carries a keyed digest from the moment it is written; the sealer then numbers rows without gaps and chains them.';
create index journal_unsealed on audit.journal (county_code, wrote_in, id) where seq is null;
create unique index journal_seq on audit.journal (county_code, seq) where seq is not null;
create index journal_at on audit.journal using brin (at);
create index journal_subject on audit.journal (county_code, subject) where subject is not null;
create index journal_account on audit.journal (county_code, account_id, at);

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null
     and (old.id, old.at, old.kind, old.fact, old.detail, old.mac) is not distinct from (new.id, new.at, new.kind, new.fact, new.detail, new.mac) then
    return new;
  end if;
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;
comment on function audit.refuse_change is 'Stands only where the table is local; on a distributed table the role without update and delete rights takes its place.';
create trigger journal_append_only before update or delete on audit.journal for each row execute function audit.refuse_change();
create trigger journal_no_truncate before truncate on audit.journal for each statement execute function audit.refuse_change();

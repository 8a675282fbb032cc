-- The chain of the journal gets a key; nothing of a row may change but that it gets its number.
create table audit.keyed_from (
  county_code char(6) not null,
  seq bigint not null,
  chain text not null,
  mac text not null,
  constraint keyed_from_pk primary key (county_code)
);
comment on table audit.keyed_from is 'From which row on the chain of a county has a key, where it began without: signed, so that nobody moves it. Append-only.';

create table audit.verdict (
  county_code char(6) not null,
  at timestamptz not null,
  is_whole boolean not null,
  sealed bigint not null,
  faults int not null,
  constraint verdict_pk primary key (county_code, at)
);
comment on table audit.verdict is 'What each night''s walk through the journal of a county found. Append-only.';

create or replace function audit.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null
     and to_jsonb(old) - 'seq' - 'chain' = to_jsonb(new) - 'seq' - 'chain' then
    return new;
  end if;
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;
create function audit.refuse_always() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger keyed_from_append_only before update or delete on audit.keyed_from for each row execute function audit.refuse_always();
create trigger keyed_from_no_truncate before truncate on audit.keyed_from for each statement execute function audit.refuse_always();
create trigger verdict_append_only before update or delete on audit.verdict for each row execute function audit.refuse_always();
create trigger verdict_no_truncate before truncate on audit.verdict for each statement execute function audit.refuse_always();

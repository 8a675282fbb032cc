-- A caller says whether he waits for an answer; earlier calls are found by the digest of their number.
alter table events.reporter add column wants_answer boolean not null default true;
create index reporter_phone on events.reporter (county_code, phone_index) where phone_index is not null;
comment on column events.reporter.wants_answer is 'Whether he is to be told by telephone what came of it.';

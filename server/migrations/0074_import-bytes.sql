-- How large a file was that was sent to be imported: an account brings in so much a day (the hostile review of 2026-11-27).
alter table registry.batch add column bytes bigint not null default 0;
create index batch_of_account on registry.batch (account_id, at);

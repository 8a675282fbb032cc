-- What a desk has decided on is emptied after its term, and what is about somebody who is deleted at once.
alter table sync.inbox add column emptied_at timestamptz;
comment on column sync.inbox.emptied_at is 'From when on nothing of it is read: the row stays, so that it comes no second time.';
create index inbox_decided on sync.inbox (county_code, decided_at) where emptied_at is null;

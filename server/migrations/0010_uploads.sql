create table events.upload (
  county_code char(6) not null,
  id uuid not null,
  account_id uuid not null,
  begun_at timestamptz not null,
  constraint upload_pk primary key (id)
);
comment on table events.upload is 'Whose each resumable upload is: nobody else goes on with it, and an id once taken is nobody else''s. Unfinished files lie in the data folder by this id.';
create index upload_begun on events.upload (begun_at);

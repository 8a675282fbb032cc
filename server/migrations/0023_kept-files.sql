-- Where a file lies is said from the data folder on, so that the folder can move.
update events.evidence
set path = regexp_replace(replace(path, '\', '/'), '^.*/files/', 'files/'),
    thumbnail_path = regexp_replace(replace(thumbnail_path, '\', '/'), '^.*/files/', 'files/');
alter table events.evidence
  add column thumbnail_sha256 text,
  add constraint evidence_path_inside check (path ~ '^files/[^.]' and path !~ '[.][.]'),
  add constraint evidence_thumbnail_inside check (thumbnail_path ~ '^files/[^.]' and thumbnail_path !~ '[.][.]');
comment on column events.evidence.path is 'From the data folder on; the name is made by the server.';
comment on column events.evidence.sha256 is 'What the file must hold to be handed out.';
comment on column events.evidence.thumbnail_sha256 is 'Of the small picture; none for those drawn before it was kept, which are drawn anew from the photo.';
create index evidence_path on events.evidence (path);
create index evidence_thumbnail on events.evidence (thumbnail_path) where thumbnail_path is not null;

alter table events.upload add column size bigint not null default 0;
comment on column events.upload.size is 'What its sender said that it will be; counts against what an account may send in a day.';
create index upload_account on events.upload (account_id, begun_at);

create table events.intake_count (
  day date not null,
  sender text not null,
  reports int not null,
  bytes bigint not null,
  constraint intake_count_pk primary key (day, sender)
);
comment on table events.intake_count is 'How much came in on a day from one address without an account. The address stands as a keyed digest; rows go after two days.';

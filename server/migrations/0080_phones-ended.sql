-- When a phone is wiped, all sessions of its holder on phones end: he is told which, and when.
alter table identity.account add column phones_ended_at timestamptz;
alter table identity.account add column phones_ended text not null default '';
comment on column identity.account.phones_ended_at is 'When the sessions on phones ended because one of them was wiped by a desk.';
comment on column identity.account.phones_ended is 'The name of that phone, as its holder named it.';

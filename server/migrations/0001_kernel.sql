create schema kernel;
create extension if not exists btree_gin;
create extension if not exists btree_gist;

create table kernel.request (
  county_code char(6) not null,
  request_id uuid not null,
  endpoint text not null,
  account_id uuid,
  ask_hash text not null,
  reply jsonb,
  at timestamptz not null,
  constraint request_pk primary key (county_code, request_id)
);
comment on table kernel.request is 'Every accepted write by the id its sender gave it: a repeated send finds its first answer here.';
create index request_at on kernel.request using brin (at);

create table kernel.secret (
  name text not null,
  value text not null,
  constraint secret_pk primary key (name)
);
comment on table kernel.secret is 'Non-secret parameters of keys (a check value that tells a wrong key at start); keys themselves are never stored here.';

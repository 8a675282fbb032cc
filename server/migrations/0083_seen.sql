create table kernel.clock (
  only_one boolean not null default true,
  at timestamptz not null,
  constraint clock_pk primary key (only_one),
  constraint clock_only_one check (only_one)
);
comment on table kernel.clock is 'The last minute in which a server trusted its clock. One that lies far from it does nothing by itself until somebody says that it is right.';

create table kernel.job_run (
  name text not null,
  succeeded_at timestamptz,
  took_ms integer,
  failed_at timestamptz,
  failures integer not null default 0,
  constraint job_run_pk primary key (name)
);
comment on table kernel.job_run is 'When each kind of work on a clock last went well, how long it took, and how often it has failed since.';

create table kernel.life (
  only_one boolean not null default true,
  name text not null,
  cluster text not null,
  since timestamptz not null,
  constraint life_pk primary key (only_one),
  constraint life_only_one check (only_one)
);
comment on table kernel.life is 'Which life of the database this is. A restored one has another name, and cursors that were given out in one begin anew in another.';
comment on column kernel.life.cluster is 'Server, database and line of history that it was last opened in; empty before the next start writes it down.';
insert into kernel.life (name, cluster, since) values ('', '', now());

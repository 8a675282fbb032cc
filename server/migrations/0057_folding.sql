-- Departments' grids are folded into the one net (G6): mapped by a person, in force on a day, kept with the paper by which.
create table places.folding (
  county_code char(6) not null,
  id uuid not null,
  feature_id uuid not null,
  how text not null,
  grid_ids uuid[] not null,
  happens_on date not null,
  basis text not null,
  is_ordered boolean not null,
  staff jsonb not null default '[]',
  shape smallint not null default 1,
  account_id uuid not null,
  by_name text not null,
  asked_at timestamptz not null,
  withdrawn_at timestamptz,
  constraint folding_pk primary key (county_code, id),
  constraint folding_feature foreign key (feature_id) references places.feature (id),
  constraint folding_how_known check (how in ('same', 'dedicated', 'border'))
);
comment on table places.folding is 'Which grids of ours a department''s grid became, from which day and by which paper (G6). Follows the grids when they change.';
comment on column places.folding.is_ordered is 'It changes the net: the order of the same id carries it out.';
comment on column places.folding.staff is 'Who of the department serves on in these grids (domain/src/places/folding.ts): account and role.';
create index folding_feature_newest on places.folding (feature_id, asked_at desc);
create index folding_grids on places.folding using gin (grid_ids);

-- A post that somebody asked for who gives none; whoever gives posts agrees to it.
create table identity.asked_post (
  county_code char(6) not null,
  id uuid not null,
  cause_id uuid not null,
  cause text not null,
  account_id uuid not null,
  role_code text not null,
  place_id uuid not null,
  from_on date not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  state text not null default 'asked',
  decided_by uuid,
  decided_at timestamptz,
  constraint asked_post_pk primary key (id),
  constraint asked_post_account foreign key (account_id) references identity.account (id),
  constraint asked_post_role foreign key (role_code) references identity.role (code),
  constraint asked_post_place foreign key (place_id) references places.place (id),
  constraint asked_post_asker foreign key (asked_by) references identity.account (id),
  constraint asked_post_decider foreign key (decided_by) references identity.account (id),
  constraint asked_post_state_known check (state in ('asked', 'agreed', 'refused', 'withdrawn')),
  constraint asked_post_two_people check (decided_by <> asked_by and decided_by <> account_id)
);
comment on table identity.asked_post is 'Posts that come with a folded grid of a department: named by the net editor, given by the security administrator.';
create index asked_post_open on identity.asked_post (county_code, asked_at) where state = 'asked';
create index asked_post_cause on identity.asked_post (cause_id);
create index asked_post_account_used on identity.asked_post (account_id);
create index asked_post_role_used on identity.asked_post (role_code);
create index asked_post_place_used on identity.asked_post (place_id);
create index asked_post_asker_used on identity.asked_post (asked_by);
create index asked_post_decider_used on identity.asked_post (decided_by);

insert into identity.role (code, name, name_en, kind, needs_second_factor)
  values ('sunk-officer', '部门下沉人员', 'Officer of a department in the grid', 'business', false)
  on conflict (code) do nothing;
insert into identity.role_duty (role_code, duty)
  select 'sunk-officer', unnest('{event.read,place.read,event.report,event.note}'::text[])
  on conflict do nothing;

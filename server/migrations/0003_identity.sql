create schema identity;

create table identity.account (
  id uuid not null,
  county_code char(6) not null,
  login text not null,
  name text not null,
  kind text not null default 'person',
  status text not null default 'active',
  password_hash text,
  password_set_at timestamptz,
  must_change boolean not null default false,
  totp_secret text,
  totp_pending text,
  totp_last_step bigint,
  failures int not null default 0,
  locked_until timestamptz,
  is_invented boolean not null default false,
  origin text,
  created_at timestamptz not null,
  constraint account_pk primary key (id),
  constraint account_login_unique unique (login),
  constraint account_kind_known check (kind in ('person', 'machine')),
  constraint account_status_known check (status in ('active', 'closed'))
);
comment on column identity.account.totp_secret is 'Second factor, sealed with the data key.';
comment on column identity.account.origin is 'Where a worker comes from: community-worker, auxiliary-police, other (W1).';
comment on column identity.account.is_invented is 'True for persons of the demo county, who do not exist.';

create table identity.role (
  code text not null,
  name text not null,
  name_en text not null,
  kind text not null,
  needs_second_factor boolean not null,
  constraint role_pk primary key (code),
  constraint role_kind_known check (kind in ('business', 'system', 'security', 'audit', 'machine'))
);
create table identity.role_duty (
  role_code text not null,
  duty text not null,
  constraint role_duty_pk primary key (role_code, duty),
  constraint role_duty_role foreign key (role_code) references identity.role (code)
);

create table identity.department (
  id uuid not null,
  county_code char(6) not null,
  place_id uuid not null,
  name text not null,
  kind text not null,
  status text not null default 'active',
  constraint department_pk primary key (id),
  constraint department_place foreign key (place_id) references places.place (id),
  constraint department_status_known check (status in ('active', 'closed'))
);
create index department_place on identity.department (place_id);

create table identity.posting (
  id uuid not null,
  account_id uuid not null,
  role_code text not null,
  role_kind text not null,
  place_id uuid not null,
  department_id uuid,
  from_on date not null,
  to_on date,
  constraint posting_pk primary key (id),
  constraint posting_account foreign key (account_id) references identity.account (id),
  constraint posting_role foreign key (role_code) references identity.role (code),
  constraint posting_place foreign key (place_id) references places.place (id),
  constraint posting_department foreign key (department_id) references identity.department (id),
  constraint posting_dates_ordered check (to_on is null or to_on >= from_on),
  constraint posting_one_kind exclude using gist (account_id with =, role_kind with <>, daterange(from_on, to_on, '[]') with &&)
);
comment on constraint posting_one_kind on identity.posting is 'Three administrators apart from each other and from business (三员分立): one person never holds two kinds at once.';
create index posting_account on identity.posting (account_id);
create index posting_place on identity.posting (place_id);
create index posting_role on identity.posting (role_code);
create index posting_department on identity.posting (department_id);

create table identity.session (
  token_hash text not null,
  account_id uuid not null,
  device text not null,
  has_second_factor boolean not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  constraint session_pk primary key (token_hash),
  constraint session_account foreign key (account_id) references identity.account (id)
);
create index session_account on identity.session (account_id);
create index session_expires on identity.session (expires_at);

-- What the slices above need to name whom and what a row points at, past posts and closed accounts too.

create view places.public_place as
  select id, code, name, level, parent_id, county_code, valid_from, valid_to from places.place;
comment on view places.public_place is 'Every area and grid that is or was in force, without its border.';

create or replace view identity.public_account as
  select id, county_code, name, login, kind, status from identity.account;
comment on view identity.public_account is 'Who there is, with nothing that a session could be opened with.';

create view identity.public_department as
  select id, county_code, place_id, name, kind, status from identity.department;
comment on view identity.public_department is 'Departments and where they stand.';

create view identity.public_posting as
  select p.id, p.account_id, r.name as role_name, p.place_id, p.department_id, p.from_on, p.to_on
  from identity.posting p join identity.role r on r.code = p.role_code;
comment on view identity.public_posting is 'Every post that somebody holds or held; who serves today is identity.public_serving.';

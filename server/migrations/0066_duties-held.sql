-- Who may do what where, so that work never waits for a post that nobody holds.
create view identity.public_duty as
  select p.account_id, p.place_id, d.duty, p.from_on, p.to_on
  from identity.posting p
    join identity.account a on a.id = p.account_id and a.status = 'active'
    join identity.role_duty d on d.role_code = p.role_code
  where p.department_id is null;
comment on view identity.public_duty is 'Which duty somebody with an active account holds at which place, outside any department, from when to when.';

-- A desk looks itself where nobody serves the grid.
insert into identity.role_duty (role_code, duty)
  select role_code, 'event.verify' from identity.role_duty where duty = 'event.ask-verify'
  on conflict do nothing;

-- An installation from before: who handles matters of a department takes his own list with him.
insert into identity.role_duty (role_code, duty)
  select r.code, 'event.export'
  from identity.role r
  where r.code = 'handler'
  on conflict do nothing;

-- Who was asked to help says that it is not his: whoever may finish his part may decline it.
insert into identity.role_duty (role_code, duty)
  select role_code, 'event.decline-co-handling'
  from identity.role_duty
  where duty = 'event.finish-co-handling'
  on conflict do nothing;

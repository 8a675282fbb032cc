-- Desks of town and county find out where somebody is registered, with a purpose.
insert into identity.role_duty (role_code, duty)
  select r.code, 'registry.trace' from identity.role r where r.code in ('dispatcher', 'duty-chief')
  on conflict do nothing;

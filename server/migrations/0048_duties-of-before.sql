-- An installation from before: its roles get the duties that came with placing reports and with finding calls.
insert into identity.role_duty (role_code, duty)
  select r.code, d.duty
  from identity.role r
    join (
      values
        ('event.find-calls', '{village-officer,dispatcher,duty-chief,hotline-operator}'::text[]),
        ('event.place', '{village-officer,dispatcher,duty-chief}')
    ) d (duty, codes) on r.code = any(d.codes)
  on conflict do nothing;

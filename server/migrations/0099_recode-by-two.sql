-- That a matter is about nobody who serves is asked by one of the county and agreed to by another.
insert into identity.role_duty (role_code, duty)
  select d.role_code, answer.duty
  from identity.role_duty d
    cross join (values ('event.agree-recode'), ('event.refuse-recode')) answer (duty)
  where d.duty = 'event.recode'
  on conflict do nothing;
create index event_recode_asked on events.event (county_code) where is_open and core -> 'recodeAsk' <> 'null'::jsonb;

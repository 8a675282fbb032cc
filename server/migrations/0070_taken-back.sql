-- A slip of one's own has a way back: who reports takes it back, or asks the desk once it has taken it up.
insert into identity.role_duty (role_code, duty)
  select d.role_code, own.duty
  from identity.role_duty d
    cross join (values ('event.cancel'), ('event.ask-cancel')) own (duty)
  where d.duty = 'event.report' and d.role_code <> 'hotline-operator'
  on conflict do nothing;
insert into identity.role_duty (role_code, duty)
  select d.role_code, answer.duty
  from identity.role_duty d
    cross join (values ('event.agree-cancel'), ('event.refuse-cancel'), ('event.remark')) answer (duty)
  where d.duty = 'event.refuse'
  on conflict do nothing;
create index event_asked_back on events.event (county_code) where is_open and core -> 'cancelAsk' <> 'null'::jsonb;

-- Who helps in a grid remarks; a direction is a leader's.
insert into identity.role_duty (role_code, duty)
  select role_code, 'event.remark'
  from identity.role_duty
  where duty = 'event.note' and role_code in ('deputy-leader', 'legal-officer', 'sunk-officer')
  on conflict do nothing;
delete from identity.role_duty
  where duty = 'event.note' and role_code in ('deputy-leader', 'legal-officer', 'sunk-officer');

-- Who had a part in what was told in confidence. Who has one now stands in the event itself; this keeps the former.
create table events.part (
  county_code char(6) not null,
  event_id uuid not null,
  kind text not null,
  party_id uuid not null,
  constraint part_pk primary key (county_code, event_id, kind, party_id),
  constraint part_kind_known check (kind in ('desk', 'account'))
);
comment on table events.part is 'Desks and accounts that had a part in a sensitive event: they go on seeing it, nobody else comes to.';

insert into events.part (county_code, event_id, kind, party_id)
  select e.county_code, e.id, 'account', f.account_id
  from events.event e
    join events.flow f on f.county_code = e.county_code and f.event_id = e.id
  where e.is_sensitive and f.account_id is not null
  union
  select e.county_code, e.id, 'desk', p.place_id
  from events.event e
    join events.flow f on f.county_code = e.county_code and f.event_id = e.id
    join identity.posting p on p.id = f.posting_id
  where e.is_sensitive and p.department_id is null;

-- Who draws the net, keeps the rules or the overlay has nothing to do with events; who handles them has two duties more.
delete from identity.role_duty
where (role_code, duty) in (
    ('net-editor', 'event.read'), ('net-editor', 'event.export'), ('rules-editor', 'event.read'),
    ('overlay-keeper', 'event.read')
  );
insert into identity.role_duty (role_code, duty)
  select v.code, d.duty
  from (
      values
        ('{event.read-sensitive,event.reveal-reporter}'::text[], '{grid-worker,part-time-worker,village-officer,dispatcher,duty-chief,handler,department-head,hotline-operator}'::text[]),
        ('{event.read-sensitive}', '{supervisor,leader}')
    ) g (duties, codes)
    cross join unnest(g.codes) v (code)
    cross join unnest(g.duties) d (duty)
  where exists (select 1 from identity.role r where r.code = v.code)
  on conflict do nothing;

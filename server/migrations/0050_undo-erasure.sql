-- What two agreed to delete is taken back by two; who had left before has then left as before.
alter table registry.erasure
  add column aim text not null default 'erase',
  add constraint erasure_aim_known check (aim in ('erase', 'undo')),
  drop constraint erasure_state_known,
  add constraint erasure_state_known check (state in ('open', 'agreed', 'refused', 'over'));
comment on column registry.erasure.aim is 'erase: somebody asks to be deleted. undo: what two agreed to is to be taken back.';
alter table registry.leaving add column kind_before text, add column keep_before date;
comment on column registry.leaving.kind_before is 'How somebody had left whose deletion by right was agreed to later; with keep_before, what is so again where that is taken back.';
update registry.erasure e set state = 'over', decided_at = now()
  where e.state = 'open' and exists (
    select 1 from registry.leaving l where l.county_code = e.county_code and l.person_id = e.person_id and l.state = 'deleted'
  );

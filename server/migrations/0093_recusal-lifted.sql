-- That somebody is kept from a person ends before its day as it began: asked by one, agreed to by another who stands above.
alter table registry.recusal
  add column lift_reason text,
  add column lift_by uuid,
  add column lift_by_name text,
  add column lift_asked_at timestamptz,
  add column lifted_by uuid,
  add column lifted_by_name text,
  add column lifted_at timestamptz,
  drop constraint recusal_state_known,
  add constraint recusal_state_known check (state in ('asked', 'agreed', 'refused', 'lifted')),
  add constraint recusal_lift_asked check ((lift_by is null) = (lift_reason is null) and (lift_by is null) = (lift_by_name is null) and (lift_by is null) = (lift_asked_at is null)),
  add constraint recusal_lifted check ((state = 'lifted') = (lifted_by is not null)),
  add constraint recusal_lift_two_people check (lifted_by is null or lifted_by <> lift_by),
  add constraint recusal_lift_not_own check (lift_by is distinct from account_id and lifted_by is distinct from account_id);
create index recusal_asker on registry.recusal (county_code, asked_by, asked_at);

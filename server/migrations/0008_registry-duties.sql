-- An installation from before the registry: its roles get the duties of it. A fresh one gets them with its roles.
insert into identity.role select v.code, v.name, v.name_en, 'business', false
  from (values ('registrar', '信息管理员', 'Registrar'), ('overlay-keeper', '特殊人群管理员', 'Keeper of the overlay')) v (code, name, name_en)
  where exists (select 1 from identity.role) on conflict do nothing;
insert into identity.role_duty select v.code, d.duty
  from (values
    ('grid-worker', '{registry.read,registry.write,registry.see-masked,registry.reveal}'::text[]),
    ('part-time-worker', '{registry.read,registry.write,registry.see-masked,registry.reveal}'),
    ('grid-leader', '{registry.read,registry.see-masked,registry.reveal,registry.count}'),
    ('liaison', '{registry.read,registry.write}'),
    ('village-officer', '{registry.read,registry.write,registry.see-masked,registry.reveal,registry.correct,registry.reveal-core,registry.merge,registry.tell,registry.import,registry.export,registry.count}'),
    ('registrar', '{event.read,place.read,registry.read,registry.write,registry.see-masked,registry.reveal,registry.correct,registry.reveal-core,registry.merge,registry.tell,registry.import,registry.export,registry.count}'),
    ('overlay-keeper', '{event.read,place.read,registry.read,registry.see-masked,overlay.keep}'),
    ('dispatcher', '{registry.count}'), ('duty-chief', '{registry.count,registry.approve}'), ('leader', '{registry.count,registry.approve}'), ('rules-editor', '{field.edit}')
  ) v (code, duties) cross join unnest(v.duties) d (duty)
  where exists (select 1 from identity.role r where r.code = v.code) on conflict do nothing;

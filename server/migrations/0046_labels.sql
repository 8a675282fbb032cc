-- How a county calls its roles and the offices of its centres; where it says nothing, the words of the documents stand.

create table identity.label (
  county_code char(6) not null,
  kind text not null,
  code text not null,
  name text not null,
  name_en text not null,
  constraint label_pk primary key (county_code, kind, code),
  constraint label_kind_known check (kind in ('role', 'office'))
);
comment on table identity.label is 'A role by its code, or the centre of a level (county, town, village): what stands behind the name of its place.';

-- An installation from before: its roles get the words of the documents. A fresh one gets them with its roles.
update identity.role r
set name = v.name, name_en = v.name_en
from (
  values
    ('dispatcher', '派遣员', '网格中心值班员', 'Duty officer of the centre'),
    ('duty-chief', '值班长', '网格中心值班负责人', 'Head of duty of the centre'),
    ('village-officer', '村（社区）受理员', '村（社区）值班员', 'Duty officer of the community'),
    ('handler', '部门处置员', '部门经办人', 'Officer of a department')
) v (code, former, name, name_en)
where r.code = v.code and r.name = v.former;

insert into identity.role
select 'legal-officer', '进网格政法人员', 'Legal officer in the grid', 'business', false
where exists (select 1 from identity.role)
on conflict do nothing;
insert into identity.role_duty
select 'legal-officer', unnest(array['place.read', 'event.read', 'event.report', 'event.note'])
where exists (select 1 from identity.role where code = 'legal-officer')
on conflict do nothing;

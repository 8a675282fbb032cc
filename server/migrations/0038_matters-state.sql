-- What a matter states beside its name: kinds of work, whom or what about, steps, effort, funding (A1); and what was asked beyond it (A3).

alter table matters.matter
  add column task_kinds text[] not null default '{}',
  add column objects text[] not null default '{}',
  add column steps text not null default '',
  add column effort text not null default '',
  add column funding text not null default '';
alter table matters.matter
  add constraint matter_task_kinds_known check (task_kinds <@ array['collect', 'patrol', 'visit', 'mediate', 'publicise', 'serve', 'report', 'meet']),
  add constraint matter_objects_known check (objects <@ array['person', 'elder-alone', 'left-behind', 'care', 'house', 'house-rental', 'house-group', 'unit', 'unit-shop', 'facility', 'grid']);
comment on column matters.matter.task_kinds is 'Kinds of work that may be ordered under it; none where it states none: then nothing can be ordered.';
comment on column matters.matter.objects is 'Whom or what work under it may be about.';
comment on column matters.matter.minutes is 'Of one task at most.';

update matters.matter m
set task_kinds = s.task_kinds::text[], objects = s.objects::text[], steps = s.steps, effort = s.effort, funding = s.funding
from (
  values
    ('000-A01', '{collect}', '{person,house}', '上门或电话核实；核对并登记变动；对方不在的另约时间', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('000-A02', '{collect}', '{house}', '上门或电话核实；核对并登记变动；对方不在的另约时间', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('000-A03', '{collect}', '{unit}', '上门或电话核实；核对并登记变动；对方不在的另约时间', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('000-B01', '{patrol}', '{grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 60 分钟', '费随事转，由责任部门保障'),
    ('000-B02', '{report,patrol}', '{grid}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 10 分钟', '费随事转，由责任部门保障'),
    ('000-B03', '{visit,publicise}', '{person,grid}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 10 分钟', '费随事转，由责任部门保障'),
    ('000-C01', '{patrol}', '{facility,house,unit,grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('000-C02', '{patrol}', '{house,grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('000-C03', '{patrol}', '{unit,grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('000-C04', '{patrol}', '{house,unit,facility,grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('000-C05', '{patrol}', '{grid,facility}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-D01', '{visit}', '{person}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-D02', '{visit}', '{elder-alone}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('000-D03', '{visit}', '{left-behind}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-D04', '{visit}', '{person}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-E01', '{patrol,visit}', '{grid,person,unit}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-E02', '{mediate}', '{person,unit,grid}', '听取双方意见；现场调解；达成一致的记录，调不成的上报', '每次不超过 60 分钟', '费随事转，由责任部门保障'),
    ('000-E03', '{visit}', '{person}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('000-F01', '{publicise}', '{grid,house,unit,person}', '入户或在公共场所讲解；发放资料；收集疑问并转交', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-F02', '{publicise}', '{grid,house,unit,person}', '入户或在公共场所讲解；发放资料；收集疑问并转交', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-G01', '{serve}', '{person,grid}', '受理委托；代为办理；办结后当面或电话告知', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('000-H01', '{report,visit}', '{grid,person}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('000-H02', '{meet}', '{grid}', '会前收集议题；会上议定事项；会后记录并分派', '每次不超过 60 分钟', '费随事转，由责任部门保障'),
    ('000-I01', '{report,patrol}', '{grid}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 10 分钟', '费随事转，由责任部门保障'),
    ('000-I02', '{report,patrol}', '{grid}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('001-1', '{collect}', '{person,house,unit}', '上门或电话核实；核对并登记变动；对方不在的另约时间', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('001-2', '{patrol}', '{house,unit,facility,grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('001-3', '{report,patrol}', '{grid}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('001-4', '{report}', '{grid}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('001-5', '{visit}', '{person}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('001-6', '{mediate,visit}', '{person,unit,grid}', '听取双方意见；现场调解；达成一致的记录，调不成的上报', '每次不超过 45 分钟', '费随事转，由责任部门保障'),
    ('001-7', '{publicise}', '{grid,house,unit,person}', '入户或在公共场所讲解；发放资料；收集疑问并转交', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('001-8', '{visit,serve}', '{person,grid}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('002-P1', '{patrol}', '{grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('002-P2', '{mediate,visit,patrol}', '{person,unit,grid}', '听取双方意见；现场调解；达成一致的记录，调不成的上报', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('002-P3', '{patrol}', '{house,unit,facility,grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('002-P4', '{visit}', '{person}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('002-P5', '{patrol,report}', '{grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('002-P6', '{visit,serve}', '{person,grid}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('002-P7', '{publicise}', '{grid,house,unit,person}', '入户或在公共场所讲解；发放资料；收集疑问并转交', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J01', '{publicise}', '{grid,house,unit,person}', '入户或在公共场所讲解；发放资料；收集疑问并转交', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J02', '{collect}', '{person,house,unit}', '上门或电话核实；核对并登记变动；对方不在的另约时间', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J03', '{patrol}', '{house,unit,facility,grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J04', '{mediate,visit,patrol}', '{person,unit,grid}', '听取双方意见；现场调解；达成一致的记录，调不成的上报', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J05', '{patrol}', '{grid}', '到场查看；能当场劝改的当场劝改；不能解决的当日上报', '每次不超过 60 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J06', '{visit}', '{person}', '上门看望并询问需求；记录情况；需要帮助的当日上报或代办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J07', '{collect,patrol}', '{person,house,grid}', '上门或电话核实；核对并登记变动；对方不在的另约时间', '每次不超过 20 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J08', '{report,patrol}', '{grid}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 10 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J09', '{serve}', '{person,grid}', '受理委托；代为办理；办结后当面或电话告知', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J10', '{report,visit}', '{grid,person}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 15 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J11', '{report,patrol}', '{grid}', '发现后核对地点与情况；当日上报；跟踪到有人接办', '每次不超过 30 分钟', '费随事转，由责任部门保障'),
    ('jiangsu-J12', '{collect,patrol,visit,mediate,publicise,serve,report,meet}', '{person,house,unit,facility,grid}', '上门或电话核实；核对并登记变动；对方不在的另约时间', '每次不超过 30 分钟', '费随事转，由责任部门保障')
) as s (code, task_kinds, objects, steps, effort, funding)
where m.code = s.code and m.set_code <> '';
-- A county's own matters stated nothing so far: what they allowed they go on allowing, until somebody says it closer.
update matters.matter
set
  task_kinds = array['collect', 'patrol', 'visit', 'mediate', 'publicise', 'serve', 'report', 'meet'],
  objects = array['person', 'house', 'unit', 'facility', 'grid']
where task_kinds = '{}';

create table matters.refused_order (
  county_code char(6) not null,
  id uuid not null,
  on_day date not null,
  account_id uuid not null,
  by_name text not null,
  office_name text not null,
  place_id uuid not null,
  door text not null,
  matter_id uuid not null,
  problem text not null,
  task_kind text,
  object text,
  minutes int not null,
  times int not null default 1,
  last_at timestamptz not null,
  constraint refused_order_pk primary key (county_code, id),
  constraint refused_order_once unique (county_code, on_day, account_id, door, matter_id, problem),
  constraint refused_order_door_known check (door in ('order', 'campaign', 'rule', 'meeting')),
  constraint refused_order_times_counted check (times > 0)
);
create index refused_order_newest on matters.refused_order (county_code, last_at desc, id desc);
comment on table matters.refused_order is 'What was asked of the grid beyond what a matter states, refused and counted: one row a day, account, door, matter and reason (A3). matter_id may name none that is listed.';
comment on column matters.refused_order.place_id is 'Where the grid was to do it, or whose post asked.';

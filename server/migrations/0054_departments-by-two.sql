-- Which work a department does is changed by two administrators: what is asked for is kept until the second one decides.
alter table identity.two_step
  alter column account_id drop not null,
  drop constraint two_step_kind_known,
  add constraint two_step_kind_known
    check (kind in ('password', 'second-factor', 'close', 'reopen', 'post-give', 'post-end', 'department')),
  add column department_id uuid,
  add column department_name text,
  add column department_kind text,
  add column department_status text,
  add constraint two_step_department foreign key (department_id) references identity.department (id),
  add constraint two_step_subject check ((kind = 'department') = (department_id is not null) and (account_id is null) = (department_id is not null));
comment on column identity.two_step.department_id is 'The department that is to be changed; the columns after it say what it is to be.';
create index two_step_department_used on identity.two_step (department_id) where department_id is not null;

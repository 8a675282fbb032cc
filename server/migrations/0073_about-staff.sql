-- What is about staff goes past those whom it is about: no grid verifies or checks it, no community handles it.
-- Of the ready catalogue these are; in confidence they are too, whatever a county had said.
update events.category
set body = body || '{"isAboutStaff": true, "isSensitive": true, "shape": 2}'::jsonb
where code in ('1015', '8001', '8003');

alter table events.event add column is_about_staff boolean not null default false;
comment on column events.event.is_about_staff is 'It concerns those who serve a place; says what the state says.';
update events.event set is_about_staff = true, is_sensitive = true where category_code in ('1015', '8001', '8003');

-- Whoever verified or settled one before may be whom it is about: its reporter and its desk keep their part.
update events.event
set parts = array_remove(array[desk_place_id, reporter_id], null), checker_id = null
where is_about_staff;

-- Who keeps the rules of visits sees the rules, not what was seen at anybody's door.
delete from identity.role_duty
where role_code = 'rules-editor' and duty = 'visit.read';

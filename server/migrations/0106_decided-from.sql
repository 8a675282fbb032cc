-- From where a recusal was agreed to: who stands below does not end it. Of those from before only the county knows.
alter table registry.recusal add column decided_from uuid;

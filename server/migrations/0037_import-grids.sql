-- Rows of an import that name no grid are counted, so that whoever sent it hears of them.
alter table registry.batch add column no_grid int not null default 0;

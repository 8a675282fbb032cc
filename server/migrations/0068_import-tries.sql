-- How often an import was begun and came no page further: a file that ends the server must not end it at every start.
alter table registry.batch add column tries integer not null default 0;
comment on column registry.batch.tries is 'Starts since the last page that was kept.';

-- What an estate is called by word of who goes from door to door sends nobody's report, move or row into a grid before a desk knows it.
alter table registry.estate add column is_vouched boolean not null default true;

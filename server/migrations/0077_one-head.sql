-- A household has one head at a time. Houses that had several keep them, marked, until a desk says which it is.
alter table registry.link add column is_doubled boolean not null default false;
comment on column registry.link.is_doubled is 'One of several heads that a house had before a household had one; listed until a desk says which it is.';
update registry.link l
set is_doubled = true
where l.role = 'head'
  and l.to_on is null
  and exists (
    select 1
    from registry.link o
    where o.county_code = l.county_code
      and o.house_id = l.house_id
      and o.id <> l.id
      and o.role = 'head'
      and o.to_on is null
  );
create unique index link_one_head on registry.link (county_code, house_id)
where role = 'head' and to_on is null and not is_doubled;
create index link_doubled on registry.link (county_code, house_id) where is_doubled;

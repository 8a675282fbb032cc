-- A confirmed week names nothing that was told in confidence: sentences that did are written without it, or left out.
with line as (
  select w.county_code, w.account_id, w.from_on, l.ord, l.line,
    (
      select coalesce(jsonb_agg(e.id order by i.at), '[]')
      from jsonb_array_elements_text(l.line -> 'ids') with ordinality i (id, at)
        join events.event e on e.county_code = w.county_code and e.id = i.id::uuid
      where not e.is_sensitive
    ) as kept,
    exists (
      select 1
      from jsonb_array_elements_text(l.line -> 'ids') i (id)
        join events.event e on e.county_code = w.county_code and e.id = i.id::uuid
      where e.is_sensitive
    ) as is_secret
  from worklog.week w, jsonb_array_elements(w.lines) with ordinality l (line, ord)
  where l.line ->> 'key' in ('reported', 'checked')
),
named as (
  select l.county_code, l.account_id, l.from_on, l.ord,
    string_agg(n.name || ' ' || n.count || ' 件', '、' order by n.count desc, n.name) as zh,
    string_agg(n.name_en || ' ' || n.count, ', ' order by n.count desc, n.name) as en
  from line l
    cross join lateral (
      select c.name, c.name_en, count(*) as count
      from jsonb_array_elements_text(l.kept) i (id)
        join events.event e on e.county_code = l.county_code and e.id = i.id::uuid
        cross join lateral (
          select c0.body ->> 'name' as name, c0.body ->> 'nameEn' as name_en
          from events.category c0
          where c0.county_code = e.county_code and c0.code = e.category_code
          order by c0.valid_from desc
          limit 1
        ) c
      group by c.name, c.name_en
    ) n
  where l.is_secret and l.line ->> 'key' = 'reported'
  group by l.county_code, l.account_id, l.from_on, l.ord
),
cleaned as (
  select l.county_code, l.account_id, l.from_on, l.ord,
    l.line || jsonb_build_object('ids', l.kept, 'count', jsonb_array_length(l.kept)) || case
      when l.line ->> 'key' = 'reported' then jsonb_build_object(
        'text', format('上报事件 %s 件：%s。', jsonb_array_length(l.kept), n.zh),
        'textEn', format('Reported %s: %s.', jsonb_array_length(l.kept), n.en)
      )
      else jsonb_build_object(
        'text', format('核查办结事件 %s 件。', jsonb_array_length(l.kept)),
        'textEn', format('Checked %s.', jsonb_array_length(l.kept))
      )
    end as line,
    jsonb_array_length(l.kept) as left_over
  from line l left join named n using (county_code, account_id, from_on, ord)
  where l.is_secret
)
update worklog.week w
set lines = (
    select coalesce(jsonb_agg(coalesce(c.line, l.line) order by l.ord), '[]')
    from jsonb_array_elements(w.lines) with ordinality l (line, ord)
      left join cleaned c on c.county_code = w.county_code
      and c.account_id = w.account_id
      and c.from_on = w.from_on
      and c.ord = l.ord
    where c.left_over is null or c.left_over > 0
  )
where exists (
    select 1
    from cleaned c
    where c.county_code = w.county_code and c.account_id = w.account_id and c.from_on = w.from_on
  );

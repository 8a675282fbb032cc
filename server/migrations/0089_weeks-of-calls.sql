-- Calls on residents stand in kept weeks as one kind: what a call was for, beside whom it was made to, tells who is cared for.
update worklog.week w
set lines = (
    select coalesce(jsonb_agg(
      case
        when l.line ->> 'key' like 'visit.%' and exists (
          select 1
          from jsonb_array_elements_text(l.line -> 'ids') i (id)
            join visits.visit v on v.county_code = w.county_code and v.id = i.id::uuid
          where v.subject_kind = 'person'
        ) then l.line || jsonb_build_object(
          'key', 'visit.入户走访',
          'ids', '[]'::jsonb,
          'text', format('入户走访 %s 次。', l.line ->> 'count'),
          'textEn', format('Calls on residents: %s.', l.line ->> 'count')
        )
        else l.line
      end
      order by l.ord
    ), '[]')
    from jsonb_array_elements(w.lines) with ordinality l (line, ord)
  )
where exists (
    select 1
    from jsonb_array_elements(w.lines) l (line)
    where l.line ->> 'key' like 'visit.%'
  );

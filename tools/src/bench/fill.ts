/** A million invented events put straight into the tables: a load to measure on, not a life that was lived. */
import pg from 'pg'
import { rowsOf, sql, run } from '@fengge/server/kernel/db/sql'
import type { Tx } from '@fengge/server/kernel/db/tx'
import type { Engine } from '@fengge/server/kernel/engine'
import { placeTree } from '@fengge/server/places/door'

const words = [
  '道路',
  '积水',
  '垃圾',
  '清运',
  '路灯',
  '不亮',
  '电动车',
  '充电',
  '楼道',
  '杂物',
  '邻里',
  '噪音',
  '漏水',
  '停车',
  '绿化',
  '井盖',
  '消防',
  '通道',
  '占道',
  '摊贩',
  '工地',
  '扬尘',
  '油烟',
  '护栏',
  '公交',
  '学校',
  '医院',
  '拖欠',
  '工资',
  '物业',
]

export async function fillEvents(engine: Engine, count: number): Promise<void> {
  const tree = placeTree(engine)
  const county = tree.byCode('320206000000')!
  const grids = tree
    .below(county.id, 'grid')
    .map((id) => ({ grid: id, village: tree.ancestor(id, 'village')!.id, town: tree.ancestor(id, 'town')!.id }))
  const [sample] = await rowsOf<{ core: object }>(engine.database.read, sql`select core from events.event limit 1`)
  const step = 50_000
  for (let from = 0; from < count; from += step) {
    const part = { from, to: Math.min(count, from + step), grids, core: sample!.core }
    await engine.database.write((tx) => fillPart(tx, part))
  }
  await vacuum(engine.database.url, ['events.event'])
}

interface Part {
  readonly from: number
  readonly to: number
  readonly grids: readonly { readonly grid: string; readonly village: string; readonly town: string }[]
  readonly core: object
}
function fillPart(tx: Tx, part: Part): Promise<number> {
  return run(
    tx,
    sql`
      with
        g as (
          select row_number() over () - 1 as i, *
          from jsonb_to_recordset(${JSON.stringify(part.grids)}::jsonb) as x (grid uuid, village uuid, town uuid)
        ),
        w as (select array_agg(w order by n) as list from unnest(${words}::text[]) with ordinality u (w, n)),
        s as (
          select
            n, (n * 2654435761::bigint) % ${part.grids.length} as gi,
            timestamptz '2026-11-20 00:00+08' - (n * 31.5) * interval '1 second' as at, n % 40 = 0 as open,
            w.list[1 + n % 30] as a, w.list[1 + (n / 7) % 30] as b, w.list[1 + (n / 211) % 30] as c
          from generate_series(${part.from}::bigint, ${part.to - 1}::bigint) n, w
        )
      insert into events.event (
          county_code, id, no, title, content, place_text, category_code, status, is_open, level, source, urgency,
          is_sensitive, supervision, stage, stage_started_at, due_at, reported_at, closed_at, lng, lat, grid_id,
          village_id, town_id, desk_place_id, check_by, version, changed_at, core, search
        )
      select
        '320206', gen_random_uuid(), 'X' || lpad(n::text, 25, '0'), a || b, '发现' || a || b || c || '问题，需处理。', '阳光苑',
        (array['5002', '5001', '1002', '3001', '4008'])[1 + n % 5], st.status, open, 2, 'grid-worker', 0, false, 0, 'handle', at, st.due_at, at, case when open then null else at + interval '1 day'
        end, 120.25, 31.65, g.grid, g.village, g.town, g.town, 'worker', 1, at,
        ${JSON.stringify(part.core)}::jsonb || jsonb_build_object(
          'status', st.status, 'level', 2, 'departmentId', null, 'gridId', g.grid, 'dueAt',
          floor(extract(epoch from st.due_at) * 1000)
        ),
        array_to_tsvector(
          array(
            select distinct x
            from unnest(
                array[
                  a, b, c, '发现', '问题', '处理', 't:' || g.town, 'v:' || g.village, 't:' || g.town || mo,
                  'v:' || g.village || mo
                ] || case when n % 50000 = 17 then array['鹧鸪'] else array[]::text[]
                end
              ) x
          )
        )
      from s
        join g on g.i = s.gi
        cross join lateral (
          select
            case
              when open then (array['registered', 'dispatched', 'handled', 'reported'])[1 + (n / 40) % 4]
              else 'closed'
            end as status, case when open then at + interval '3 days' end as due_at
        ) st
        cross join lateral (select to_char(s.at at time zone 'Asia/Shanghai', ':YYYY-MM') as mo) months
    `,
  )
}

/** Puts the tables in the order that the nightly vacuum leaves them in; no transaction may hold such a statement. */
export async function vacuum(url: string, tables: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`vacuum analyze ${tables.join(', ')}`)
  await client.end()
}

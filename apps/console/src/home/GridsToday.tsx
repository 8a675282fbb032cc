import { useQuery } from '@tanstack/react-query'
import { Check, CloudOff } from 'lucide-react'
import { countOpenByGrid } from '@fengge/domain/events/contract/grids'
import { listChildren } from '@fengge/domain/places/contract'
import { listDevices } from '@fengge/domain/sync/contract'
import { countGridTasks } from '@fengge/domain/visits/contract/today'
import { call } from '@fengge/web/api/call.ts'
import { Anchor } from '@fengge/web/ui/Anchor.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { Waiting } from '@fengge/web/ui/Waiting/Waiting.tsx'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useNow } from '../shell/useNow.ts'
import { homeSayings } from '../words/home.ts'
import { rowsOf, type GridRow } from './grid-rows.ts'

async function ask(placeId: string) {
  const [places, tasks, open, phones] = await Promise.all([
    call(listChildren, { parentId: placeId }),
    call(countGridTasks, { placeId }),
    call(countOpenByGrid, { placeId }),
    call(listDevices, { only: 'all' }),
  ])
  return rowsOf(places.places, { tasks: tasks.grids, open: open.grids, devices: phones.devices })
}

/** Each grid of the community: what was visited today, what is open, whose phone has sent what it holds. In the order of the grids, never by a figure. */
export function GridsToday({ placeId }: { readonly placeId: string }) {
  const words = useSayings(homeSayings)
  const now = useNow()
  const rows = useQuery({
    queryKey: ['queues', 'grids', placeId],
    queryFn: () => ask(placeId),
    refetchInterval: 60_000,
  }).data
  const note = words.upTo(showTime(new Date(now).toISOString()).slice(11))
  return (
    <Panel title={words.inGrids} note={note} action={<Anchor href="/sync">{words.allPhones}</Anchor>} isFlush>
      {rows === undefined && <Waiting label={words.loading} slow={words.slow} />}
      {rows?.length === 0 && (
        <Empty drawing="first" title={words.noGrids}>
          {words.noGridsWhy}
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && <Rows rows={rows} now={now} />}
    </Panel>
  )
}

function Rows({ rows, now }: { readonly rows: readonly GridRow[]; readonly now: number }) {
  const words = useSayings(homeSayings)
  return (
    <table className="in-grids">
      <thead>
        <tr>
          <th scope="col">{words.gridAndWorker}</th>
          <th scope="col">{words.visitedToday}</th>
          <th scope="col" className="in-grids-number">
            {words.open}
          </th>
          <th scope="col">{words.phoneSync}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              {row.name}
              {row.holders !== '' && <small>{row.holders}</small>}
            </th>
            <td>
              <Share done={row.done} all={row.done + row.due} />
            </td>
            <td className="in-grids-number">
              {row.open === 0 ? 0 : <Anchor href={`/events?placeId=${row.id}&isOpen=yes`}>{row.open}</Anchor>}
            </td>
            <td>
              <Sync row={row} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** As many of so many, and a bar of it; an SVG, so that its length needs no style of its own. */
function Share({ done, all }: { readonly done: number; readonly all: number }) {
  return (
    <span className="share">
      <svg aria-hidden viewBox="0 0 100 5" preserveAspectRatio="none">
        <rect width={all === 0 ? 0 : (done / all) * 100} height="5" />
      </svg>
      {done} / {all}
    </span>
  )
}

function Sync({ row, now }: { readonly row: GridRow; readonly now: number }) {
  const words = useSayings(homeSayings)
  if (row.waiting > 0)
    return (
      <span className="sync-waits">
        <CloudOff aria-hidden size={16} strokeWidth={1.75} />
        {words.unsent(row.waiting)}
      </span>
    )
  if (row.lastAt === null) return <span className="sync-fine">{row.holders === '' ? words.noPhone : words.never}</span>
  return (
    <span className="sync-fine">
      <Check aria-hidden size={16} strokeWidth={1.75} />
      {words.ago(Math.max(0, Math.floor((now - Date.parse(row.lastAt)) / 60_000)))}
    </span>
  )
}

import { lazy, Suspense, useState } from 'react'
import { Anchor } from '@fengge/web/ui/Anchor.tsx'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { Waiting } from '@fengge/web/ui/Waiting/Waiting.tsx'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { useKeys } from '../shell/keys/useKeys.ts'
import { loadPart } from '../shell/reaching.ts'
import { homeSayings } from '../words/home.ts'
import { useDays } from './useHome.ts'
import type { Day } from './TwoWeeksChart.tsx'

const TwoWeeksChart = lazy(() =>
  loadPart(async () => ({ default: (await import('./TwoWeeksChart.tsx')).TwoWeeksChart })),
)

/** Whether more comes in than goes out: bars by day and a line of what is open, or the same as a table. */
export function TwoWeeks() {
  const words = useSayings(homeSayings)
  const [isTable, setTable] = useState(false)
  const days = useDays().data?.days
  useKeys({ T: { says: words.asTable, act: () => setTable((was) => !was) } })
  const waiting = <Waiting label={words.loading} slow={words.slow} rows={4} />
  return (
    <Panel
      title={words.twoWeeks}
      note={words.byDay}
      action={
        <Button kind="text" size="small" shortcut="T" onClick={() => setTable(!isTable)}>
          {isTable ? words.asChart : words.asTable}
        </Button>
      }
    >
      {days === undefined && waiting}
      {days !== undefined && isTable && <DaysTable days={days} />}
      {days !== undefined && !isTable && (
        <Suspense fallback={waiting}>
          <TwoWeeksChart
            days={days}
            words={{ reported: words.reported, ended: words.ended, open: words.open, about: words.chartAbout }}
          />
        </Suspense>
      )}
    </Panel>
  )
}

function DaysTable({ days }: { readonly days: readonly Day[] }) {
  const words = useSayings(homeSayings)
  return (
    <div className="days-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            <th scope="col">{words.reported}</th>
            <th scope="col">{words.ended}</th>
            <th scope="col">{words.open}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ on, reported, ended, open }) => (
            <tr key={on}>
              <th scope="row">{on}</th>
              <td>{reported === 0 ? 0 : <Anchor href={`/events?from=${on}&to=${on}`}>{reported}</Anchor>}</td>
              <td>{ended}</td>
              <td>{open}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

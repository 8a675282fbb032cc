import { useQuery } from '@tanstack/react-query'
import { listEventReadings } from '@fengge/domain/sensors/contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { saysAlarms, sensorKindWords, sensorUnits } from '@fengge/web/words/sensors.ts'
import { showTime } from '@fengge/web/words/time.ts'

/** The alarms behind an event, counted; that one is over is only noted. Nothing where no device has a part in it. */
export function EventReadings({ eventId }: { readonly eventId: string }) {
  const { t } = useWords()
  const found = useQuery({
    queryKey: ['event-readings', eventId],
    queryFn: () => call(listEventReadings, { eventId }),
    refetchInterval: 60_000,
  })
  const reply = found.data
  if (!reply || reply.alarms === 0) return null
  return (
    <>
      <h3 className="ev-h3">{t('设备报警', 'Alarms of devices')}</h3>
      <p>
        <strong>{saysAlarms(reply, t)}</strong>
        {reply.cleared > 0 && (
          <span className="soft">
            {' '}
            {t(
              `其中 ${reply.cleared} 台已报恢复（不代表事件已处理，仍须到场核实）`,
              `${reply.cleared} of them said it is over (which settles nothing: somebody still has to look)`,
            )}
          </span>
        )}
      </p>
      <Readings readings={reply.readings.slice(0, shownFirst)} />
      {reply.readings.length > shownFirst && (
        <details className="ev-more">
          <summary>
            {t(`其余 ${reply.readings.length - shownFirst} 台`, `${reply.readings.length - shownFirst} more`)}
          </summary>
          <Readings readings={reply.readings.slice(shownFirst)} />
        </details>
      )}
    </>
  )
}

const shownFirst = 10

/** One line a device: where it hangs, whose it is, how often it rang, what it measured, whether it is over. */
function Readings({ readings }: Pick<ReplyOf<typeof listEventReadings>, 'readings'>) {
  const { t, w } = useWords()
  return (
    <ul className="ev-readings">
      {readings.map((r) => (
        <li key={`${r.name} ${r.firstAt}`}>
          <strong>
            {w(sensorKindWords, r.kind)} {r.name}
          </strong>
          <span className="ev-note">
            {[
              r.spot,
              r.departmentName,
              t(`${r.alarms} 次`, `${r.alarms} times`),
              t(`最近 ${showTime(r.lastAt)}`, `last ${showTime(r.lastAt)}`),
              r.value === null ? '' : `${r.value} ${sensorUnits[r.kind]}`,
              r.clearedAt === null ? '' : t(`${showTime(r.clearedAt)} 恢复`, `over ${showTime(r.clearedAt)}`),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

import { listEventReadings } from '@fengge/domain/sensors/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { saysAlarms, sensorKindWords, sensorUnits } from '@fengge/web/words/sensors.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useAsk } from '../offline/useAsk.ts'
import { useField } from '../offline/usePhone.ts'

/** That a device told of it and nobody else, which one, where it is, and whether it says that it is over; the last needs a signal. */
export function Alarms({ eventId, version }: { readonly eventId: string; readonly version: number }) {
  const { t, w } = useWords()
  const { isOnline } = useField()
  const told = useAsk(`alarms ${eventId} ${version}`, () => call(listEventReadings, { eventId }), isOnline).data
  return (
    <section className="card">
      <strong>{told && told.alarms > 0 ? saysAlarms(told, t) : t('设备报警', 'Alarm of a device')}</strong>
      <p className="soft">
        {t(
          '由设备自动上报，没有人报过。设备报恢复不等于已处理，请到现场看。',
          'A device told of it, nobody else did. That it says it is over settles nothing: please look on the spot.',
        )}
      </p>
      <ul className="line">
        {told?.readings.slice(0, 5).map((r) => (
          <li key={`${r.name} ${r.firstAt}`}>
            {w(sensorKindWords, r.kind)} {r.name} · {r.spot}
            <br />
            <span className="soft">
              {showTime(r.lastAt)}
              {r.value === null ? '' : ` · ${r.value} ${sensorUnits[r.kind]}`}
              {r.clearedAt === null
                ? ''
                : t(` · ${showTime(r.clearedAt)} 报恢复`, ` · over at ${showTime(r.clearedAt)}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { listEventReadings } from '@fengge/domain/sensors/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { saysAlarms, sensorKindWords, sensorUnits } from '@fengge/web/words/sensors.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { useAsk } from '../offline/useAsk.ts'
import { useEventsWords } from '../words/events.ts'
import { useField } from '../offline/usePhone.ts'

/** That a device told of it and nobody else, which one, where it is, and whether it says that it is over; the last needs a signal. */
export function Alarms({ eventId, version }: { readonly eventId: string; readonly version: number }) {
  const { t, w } = useWords()
  const say = useEventsWords()
  const { isOnline } = useField()
  const told = useAsk(`alarms ${eventId} ${version}`, () => call(listEventReadings, { eventId }), isOnline).data
  return (
    <section className="card">
      <strong>{told && told.alarms > 0 ? saysAlarms(told, t) : say.alarm}</strong>
      <p className="soft">{say.alarmNote}</p>
      <ul className="line">
        {told?.readings.slice(0, 5).map((r) => (
          <li key={`${r.name} ${r.firstAt}`}>
            {w(sensorKindWords, r.kind)} {r.name} · {r.spot}
            <br />
            <span className="soft">
              {showTime(r.lastAt)}
              {r.value === null ? '' : ` · ${r.value} ${sensorUnits[r.kind]}`}
              {r.clearedAt === null ? '' : say.clearedAt(showTime(r.clearedAt))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

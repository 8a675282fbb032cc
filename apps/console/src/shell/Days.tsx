/**
 * Days and moments as a county means them, whatever the clock of the computer says: a day that is picked is a day of the
 * county, and a moment that shows 23:59 lasts to the end of its day. All pickers of this program go through here.
 */
import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { dayOf, momentOf, showInstant } from '@fengge/domain/kernel/time'

/** The day it is in the county now, as pickers take it. */
export const today = (): Dayjs => dayjs(dayOf(Date.now()))

interface MomentProps {
  readonly id?: string
  /** ISO with zone. */
  readonly value?: string
  readonly onChange?: (value: string | undefined) => void
  /** What the clock shows first where a day is picked: by default the day ends at its end. */
  readonly clock?: string
}

/** A day and a time of the county; picked without a time, the end of the day. Typed text is kept when it is left. */
export function MomentPicker({ id, value, onChange, clock = '23:59' }: MomentProps) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      showTime={{ format: 'HH:mm', defaultOpenValue: dayjs(`2000-01-01T${clock}`) }}
      format="YYYY-MM-DD HH:mm"
      needConfirm={false}
      style={{ width: '100%' }}
      value={value === undefined ? null : dayjs(showInstant(Date.parse(value)).replace(' ', 'T'))}
      onChange={(picked: Dayjs | null) => onChange?.(picked === null ? undefined : instantOf(picked))}
    />
  )
}

const instantOf = (picked: Dayjs): string =>
  new Date(momentOf(picked.format('YYYY-MM-DD'), picked.format('HH:mm'))).toISOString()

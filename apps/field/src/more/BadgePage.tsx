import { useEffect, useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { myBadge } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { useAsk } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { BadgePhoto } from './BadgePhoto.tsx'
import { useMoreWords } from '../words/more.ts'

/** A code that is shown is good for most of a minute still. */
const refreshes = 20_000

/** The badge on the phone: a code for the door that changes by itself. What stays the same would prove nothing. */
export function BadgePage() {
  const say = useMoreWords()
  const { isOnline } = useField()
  const { now } = usePhone()
  const beat = useBeat(isOnline)
  const asked = useAsk(`badge ${beat}`, () => call(myBadge, {}), isOnline)
  const shown = useLast(asked.data)
  const badge = shown?.badge
  const minute = isOnline && shown?.minute && shown.minute.goodUntil > now() ? shown.minute : null
  return (
    <Frame title={say.badge} back="mine">
      <ErrorNote error={asked.error} />
      {!isOnline && (
        <p className="notice" role="status">
          {say.noSignalNoCode}
        </p>
      )}
      {shown && !badge && <p className="card soft">{say.noBadgeIssuedYet}</p>}
      {badge && (
        <div className="card badge">
          <strong>{badge.name}</strong>
          <div>{badge.roleName}</div>
          <div>{badge.placeName}</div>
          {minute && <MinuteCode minute={minute} picture={shown.picture} />}
          {isOnline && !minute && badge.state !== 'valid' && <p className="notice">{say.badgeNoLongerGood}</p>}
          <BadgeFoot badge={badge} isOnline={isOnline} />
        </div>
      )}
    </Frame>
  )
}

/** The number, and, where there is a line, the photo. */
function BadgeFoot({ badge, isOnline }: { badge: NonNullable<ReplyOf<typeof myBadge>['badge']>; isOnline: boolean }) {
  const say = useMoreWords()
  return (
    <>
      <div className="soft">{say.noValidUntil(badge.code, badge.expiresOn)}</div>
      {isOnline && <BadgePhoto />}
    </>
  )
}

type Minute = NonNullable<ReplyOf<typeof myBadge>['minute']>

/** To be scanned, or typed at the address below. */
function MinuteCode({ minute: { code, site }, picture }: { minute: Minute; picture: string }) {
  const say = useMoreWords()
  return (
    <>
      <img alt={say.codeCheck} src={`data:image/svg+xml;utf8,${encodeURIComponent(picture)}`} />
      <div className="minute-code">{grouped(code)}</div>
      <p>{say.letResidentScanType}</p>
      <div>{site.startsWith('/') ? location.host + site : site}</div>
    </>
  )
}

/** Counts up as the code is to be asked anew. */
function useBeat(isOnline: boolean): number {
  const [beat, setBeat] = useState(0)
  useEffect(() => {
    if (!isOnline) return
    const timer = setInterval(() => setBeat((n) => n + 1), refreshes)
    return () => clearInterval(timer)
  }, [isOnline])
  return beat
}

/** What was there last, while the next is on its way. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}

/** As it is read aloud. */
const grouped = (code: string) => [code.slice(0, 4), code.slice(4, 7), code.slice(7)].join(' ')

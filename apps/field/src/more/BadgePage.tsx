import { useEffect, useState } from 'react'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { myBadge } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useField, usePhone } from '../offline/usePhone.ts'
import { useAsk } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { BadgePhoto } from './BadgePhoto.tsx'

/** A code that is shown is good for most of a minute still. */
const refreshes = 20_000

/** The badge on the phone: a code for the door that changes by itself. What stays the same would prove nothing. */
export function BadgePage() {
  const { t } = useWords()
  const { isOnline } = useField()
  const { now } = usePhone()
  const beat = useBeat(isOnline)
  const asked = useAsk(`badge ${beat}`, () => call(myBadge, {}), isOnline)
  const shown = useLast(asked.data)
  const badge = shown?.badge
  const minute = isOnline && shown?.minute && shown.minute.goodUntil > now() ? shown.minute : null
  return (
    <Frame title={t('我的工作证', 'My badge')} back="mine">
      <ErrorNote error={asked.error} />
      {!isOnline && (
        <p className="notice" role="status">
          {t(
            '没有信号，现在出不了核验码。请到有信号的地方再给居民看，或请他打社区电话核实。',
            'No signal: no code can be made now. Show it where there is a line, or let the resident ring the community.',
          )}
        </p>
      )}
      {shown && !badge && (
        <p className="card soft">
          {t('还没有制发工作证，请联系社区值班员。', 'No badge was issued yet; ask the desk.')}
        </p>
      )}
      {badge && (
        <div className="card badge">
          <strong>{badge.name}</strong>
          <div>{badge.roleName}</div>
          <div>{badge.placeName}</div>
          {minute && <MinuteCode minute={minute} picture={shown.picture} />}
          {isOnline && !minute && badge.state !== 'valid' && (
            <p className="notice">
              {t('工作证已失效，请联系社区值班员。', 'The badge is no longer good; ask the desk.')}
            </p>
          )}
          <BadgeFoot badge={badge} isOnline={isOnline} />
        </div>
      )}
    </Frame>
  )
}

/** The number, and, where there is a line, the photo. */
function BadgeFoot({ badge, isOnline }: { badge: NonNullable<ReplyOf<typeof myBadge>['badge']>; isOnline: boolean }) {
  const { t } = useWords()
  return (
    <>
      <div className="soft">
        {t(`编号 ${badge.code}，有效期至 ${badge.expiresOn}`, `No. ${badge.code}, valid until ${badge.expiresOn}`)}
      </div>
      {isOnline && <BadgePhoto />}
    </>
  )
}

type Minute = NonNullable<ReplyOf<typeof myBadge>['minute']>

/** To be scanned, or typed at the address below. */
function MinuteCode({ minute: { code, site }, picture }: { minute: Minute; picture: string }) {
  const { t } = useWords()
  return (
    <>
      <img alt={t('核验二维码', 'Code to check')} src={`data:image/svg+xml;utf8,${encodeURIComponent(picture)}`} />
      <div className="minute-code">{grouped(code)}</div>
      <p>
        {t(
          '请居民扫码，或在下面的网址输入。一分钟内有效，自动更换。',
          'Let the resident scan it, or type it at the address below. Good for a minute; it changes by itself.',
        )}
      </p>
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

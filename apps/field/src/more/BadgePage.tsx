import { myBadge } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useField } from '../offline/usePhone.ts'
import { useAsk } from '../offline/useAsk.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'

/** The badge on the phone: a resident scans it and sees whether it is true. */
export function BadgePage() {
  const { t } = useWords()
  const { isOnline } = useField()
  const asked = useAsk('badge', () => call(myBadge, {}), isOnline)
  const badge = asked.data?.badge
  return (
    <Frame title={t('我的工作证', 'My badge')} back="more">
      <ErrorNote error={asked.error} />
      {!isOnline && <p className="notice">{t('没有信号，请出示纸质工作证。', 'No signal: show the paper badge.')}</p>}
      {asked.data && !badge && (
        <p className="card soft">
          {t('还没有制发工作证，请联系社区受理员。', 'No badge was issued yet; ask the desk.')}
        </p>
      )}
      {badge && (
        <div className="card badge">
          <strong>{badge.name}</strong>
          <div>{badge.roleName}</div>
          <div>{badge.placeName}</div>
          <img
            alt={t('核验二维码', 'Code to check')}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(asked.data!.picture)}`}
          />
          <div>{badge.code}</div>
          <div className="soft">{t(`有效期至 ${badge.expiresOn}`, `Valid until ${badge.expiresOn}`)}</div>
        </div>
      )}
    </Frame>
  )
}
